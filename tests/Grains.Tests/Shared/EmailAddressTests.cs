namespace ActorShop;

/// <summary>Goal: an address that is accepted can be delivered to, and is one address.</summary>
[Trait("Suite", "Unit")]
public sealed class EmailAddressTests
{
    public static TheoryData<string> TooLong =>
    [
        new string('a', 65) + "@example.org", $"a@{new string('b', 64)}.org",
        $"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 4))}.example.org",
    ];

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("Ada.Lovelace+shop@mail.example.co.uk")]
    [InlineData("o'brien@example.ie")]
    [InlineData("a@b.co")]
    [InlineData("1@1.fm")]
    [InlineData("_x-{y}@xn--mgbh0fb.example")]
    [InlineData("δοκιμή@παράδειγμα.δοκιμή")]
    [InlineData("अजय@डाटा.भारत")]
    [InlineData("用户@例子.广告")]
    [InlineData("ａ@ｂ.ｃｏ")]
    [InlineData("a@b.١٢")]
    public void DeliverableAddress_IsAccepted(string text) => EmailAddress.IsValid(text).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a@")]
    [InlineData("@b.co")]
    [InlineData("a@b")]
    [InlineData("a@-")]
    [InlineData("a@localhost")]
    [InlineData("<a@b>")]
    [InlineData("<a@b.co>")]
    [InlineData("Ada <a@b.co>")]
    [InlineData("a@b;x")]
    [InlineData("a@b.co;c@d.co")]
    [InlineData("a@b.co,c@d.co")]
    [InlineData("a@b@c.co")]
    [InlineData("a b@c.co")]
    [InlineData(" a@b.co")]
    [InlineData("a@b.co ")]
    [InlineData("a@b.co\r\nBcc: c@d.co")]
    [InlineData(".a@b.co")]
    [InlineData("a.@b.co")]
    [InlineData("a..b@c.co")]
    [InlineData("\"a b\"@c.co")]
    [InlineData("a(b)@c.co")]
    [InlineData("a\\@b.co")]
    [InlineData("a@.co")]
    [InlineData("a@b..co")]
    [InlineData("a@b.co.")]
    [InlineData("a@-b.co")]
    [InlineData("a@b-.co")]
    [InlineData("a@b_c.co")]
    [InlineData("a@b.c")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@b.１２")]
    [InlineData("a@b.1２")]
    [InlineData("a@b.𝟏𝟐")]
    [InlineData("a@ﷺ.co")]
    [InlineData("a\u202E@b.co")]
    [InlineData("a\u200B@b.co")]
    [InlineData("\u3164@b.co")]
    [InlineData("\u0301a@b.co")]
    [InlineData("a@b\u00AD.co")]
    [InlineData("a@b。co")]
    [InlineData("😀@b.co")]
    public void OtherText_IsRefused(string text) => EmailAddress.IsValid(text).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(TooLong))]
    public void LongAddress_IsRefused(string text) => EmailAddress.IsValid(text).ShouldBeFalse();
}
