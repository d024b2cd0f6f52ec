using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>
/// Goal: the patterns in the document allow what the rules of text allow, and refuse what they refuse as far as a pattern can.
/// Method: puts each character of the basic plane into short texts, and compares each pattern with its rule.
/// </summary>
public sealed class TextPatternTests
{
    private static readonly Dictionary<string, ValidationAttribute> Rules = new(StringComparer.Ordinal)
    {
        ["text"] = new TextAttribute(1, 9),
        ["optional text"] = new TextAttribute(0, 9),
        ["text with lines"] = new TextAttribute(0, 9) { AllowLines = true },
        ["external id"] = new ExternalIdAttribute(),
        ["SKU"] = new SkuAttribute(),
        ["reference to a SKU"] = new SkuAttribute { IsReference = true },
    };

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pattern_AgreesWithItsRule_OnEveryCharacter(string name)
    {
        var (rule, pattern) = (Rules[name], PatternOf(Rules[name]));
        var refused = 0;
        for (var c = '\0'; c < '\uFFFF'; c++)
        {
            if (char.IsSurrogate(c))
            {
                continue;
            }

            foreach (var text in new[] { $"{c}", $"{c}a", $"a{c}", $"a{c}b" })
            {
                if (IsValid(rule, text))
                {
                    pattern.IsMatch(text).ShouldBeTrue($"U+{(int)c:X4} in '{text}'");
                }
                else if (IsExact(c, text))
                {
                    refused++;
                    pattern.IsMatch(text).ShouldBeFalse($"U+{(int)c:X4} in '{text}'");
                }
            }
        }

        refused.ShouldBeGreaterThan(200);
    }

    [Theory]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("...", true)]
    [InlineData("A%2FB", false)]
    [InlineData("A%", true)]
    [InlineData("100%x", true)]
    [InlineData("A/B", false)]
    [InlineData("A\\B", false)]
    [InlineData("A B", true)]
    [InlineData("\u0301", false)]
    [InlineData("\U0001F600", false)]
    public void Pattern_OfSkus_AgreesWithTheRule(string text, bool isValid)
    {
        var rule = new SkuAttribute();

        IsValid(rule, text).ShouldBe(isValid);
        PatternOf(rule).IsMatch(text).ShouldBe(isValid);
    }

    [Theory]
    [InlineData("ada@example.org", true)]
    [InlineData("a.d+a'o_b@mail.example.co", true)]
    [InlineData("josé@exämple.org", true)]
    [InlineData("用户@例子.公司", true)]
    [InlineData("jose\u0301@example.org", true)]
    [InlineData("a@b-c.example", true)]
    [InlineData("<a@b.example>", false)]
    [InlineData("a@b;x.example", false)]
    [InlineData("a@-b.example", false)]
    [InlineData("a@b-.example", false)]
    [InlineData("a@localhost", false)]
    [InlineData("a@192.0.2.1", false)]
    [InlineData("a@b.１２", false)]
    [InlineData("a@b.1２", false)]
    [InlineData("a..b@example.org", false)]
    [InlineData(".a@example.org", false)]
    [InlineData("a@example..org", false)]
    [InlineData("a b@example.org", false)]
    [InlineData("a@b@example.org", false)]
    [InlineData("a\u202Eb@example.org", false)]
    [InlineData("a\u200Bb@example.org", false)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345@example.org", false)]
    public void Pattern_OfEmail_AgreesWithTheRule(string text, bool isValid)
    {
        var rule = new EmailAttribute();

        IsValid(rule, text).ShouldBe(isValid);
        PatternOf(rule).IsMatch(text).ShouldBe(isValid);
    }

    [Fact]
    public void Pattern_OfEmail_AllowsEveryLetter()
    {
        var pattern = PatternOf(new EmailAttribute());
        for (var c = '!'; c < '\uFFFF'; c++)
        {
            foreach (var text in new[] { $"a{c}b@example.org", $"{c}@example.org", $"a@ex{c}ample.org", $"a@example.o{c}g" })
            {
                if (EmailAddress.IsValid(text))
                {
                    pattern.IsMatch(text).ShouldBeTrue($"U+{(int)c:X4} in '{text}'");
                }
            }
        }
    }

    private static bool IsValid(ValidationAttribute rule, string text) =>
        rule.GetValidationResult(text, new ValidationContext(text)) == ValidationResult.Success;

    // What a pattern without Unicode categories cannot say. In .NET a final line feed does not count as more text.
    private static bool IsExact(char c, string text) =>
        char.GetUnicodeCategory(c) is not (UnicodeCategory.OtherNotAssigned or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
        && text.IsNormalized() && text[^1] is not '\n';

    private static Regex PatternOf(ValidationAttribute rule)
    {
        var schema = new OpenApiSchema();
        ((ISchemaRule)rule).Describe(schema);
        return new Regex(schema.Pattern!, RegexOptions.ECMAScript, TimeSpan.FromSeconds(10));
    }
}
