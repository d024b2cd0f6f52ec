namespace ActorShop;

/// <summary>Goal: text shows what it contains.</summary>
[Trait("Suite", "Unit")]
public sealed class PlainTextTests
{
    public static TheoryData<int> Directions => [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x206F];

    public static TheoryData<string> Invisible =>
    [
        " ", "\u00A0", "\u3000", "\u200B", "\u200C\u200D", "\uE000", "\U000F0000\U0010FFFD", "\u2060", "\u00AD", "\u180E", "\u034F", "\u3164", "\uFFA0", "\u115F\u1160",
        "\u2800", "\uFE0F", "\u200E", " \u200B ", "\u0301", "\U000E0100",
    ];

    [Theory]
    [InlineData("Ada")]
    [InlineData(".")]
    [InlineData("O'Brien & Søns")]
    [InlineData("Nguyễn Thị Ánh")]
    [InlineData("السلام عليكم")]
    [InlineData("שלום\u200F!")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("क्\u200Dष")]
    [InlineData("👩\u200D👩\u200D👧 ❤\uFE0F")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    [InlineData("e\u0301")]
    [InlineData("ราคา\u200Bพิเศษ")]
    public void OrdinaryText_OfAnyScript_IsAccepted(string text) => PlainText.Check(text, 1, 100).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Directions))]
    public void OverridesOfTheDirection_AreRefused(int character) => CodeOf($"a{(char)character}b").ShouldBe("direction_character");

    [Theory]
    [MemberData(nameof(Invisible))]
    public void TextWithoutAVisibleCharacter_IsBlank(string text)
    {
        CodeOf(text).ShouldBe("blank");
        (PlainText.Check(text, 0, 100)?.Code).ShouldBe(string.IsNullOrWhiteSpace(text) ? null : "blank");
        CodeOf(text + "a").ShouldBeNull();
    }

    [Theory]
    [InlineData("\uFEFF")]
    [InlineData("\u2061")]
    [InlineData("\u2062")]
    [InlineData("\u2063")]
    [InlineData("\u2064")]
    [InlineData("\U000E0001")]
    [InlineData("\U000E0041\U000E007F")]
    public void InvisibleCharacters_AreRefused(string hidden)
    {
        foreach (var text in new[] { hidden, $"{hidden}a", $"a{hidden}", $"a{hidden}b", $"🏴a{hidden}" })
        {
            CodeOf(text).ShouldBe("invisible_character", text);
        }
    }

    [Fact]
    public void EveryControlCharacter_IsRefused_AndLineBreaksOnlyWhereLinesAreAllowed()
    {
        foreach (var character in Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Append(0x2028).Append(0x2029).Select(static code => (char)code))
        {
            CodeOf($"a{character}b").ShouldBe("control_character", $"U+{(int)character:X4}");
            (PlainText.Check($"a{character}b", 1, 10, allowLines: true)?.Code)
                .ShouldBe(character is '\n' or '\r' or '\t' or '\u2028' or '\u2029' ? null : "control_character", $"U+{(int)character:X4}");
        }
    }

    [Theory]
    [InlineData("a\u0378")]
    [InlineData("a\uFFFE")]
    [InlineData("a\uFDD0")]
    [InlineData("a\U000E0080")]
    [InlineData("a\U0003FFFF")]
    public void CharactersThatUnicodeHasNotAssigned_AreRefused(string text) => CodeOf(text).ShouldBe("unassigned_character");

    [Fact]
    public void HalfOfASurrogatePair_IsRefused()
    {
        CodeOf("a\uD800").ShouldBe("unassigned_character");
        CodeOf("\uDC00a").ShouldBe("unassigned_character");
    }

    [Theory]
    [InlineData("cafe\u0301", "café")]
    [InlineData("Mu\u0308ller", "Müller")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("ﬁ", "ﬁ")]
    public void Text_IsStoredComposed(string text, string stored)
    {
        PlainText.Compose(text).ShouldBe(stored, StringComparer.Ordinal);
        PlainText.Compose(stored).ShouldBe(stored, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("536365", null)]
    [InlineData("basket 1", null)]
    [InlineData("gid://shop/Order/1", null)]
    [InlineData("№ 5 ü", null)]
    [InlineData("", "wrong_length")]
    [InlineData(" 1", "invalid_value")]
    [InlineData("1\u00A0", "invalid_value")]
    [InlineData("1\u200B", "invalid_value")]
    [InlineData("1\u3164", "invalid_value")]
    [InlineData("cafe\u0301", "invalid_value")]
    [InlineData("1\n2", "control_character")]
    [InlineData("1\u202E2", "direction_character")]
    public void Id_HasOneSpelling(string text, string? code) => (PlainText.CheckId(text, 128)?.Code).ShouldBe(code);

    private static string? CodeOf(string text) => PlainText.Check(text, 1, 100)?.Code;
}
