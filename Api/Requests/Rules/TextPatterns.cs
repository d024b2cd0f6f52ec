namespace ActorShop.Api;

/// <summary>The rules of text as regular expressions for the API's documentation.</summary>
/// <remarks>
/// They use what ECMAScript and .NET have in common, so no Unicode categories. They refuse nothing that a rule accepts. A rule refuses a little
/// more: characters that Unicode has not assigned, tags, marks without a letter, texts that are not in normalization form C.
/// </remarks>
internal static class TextPatterns
{
    // Parts of [^...].
    private const string Controls = @"\0-\x1f\x7f-\x9f\u2028\u2029" + NeverAssigned;

    private const string ControlsWithinLines = @"\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f" + NeverAssigned;

    private const string NeverAssigned = @"\ufdd0-\ufdef\ufffe\uffff";

    private const string Hidden = @"\u202a-\u202e\u2061-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb";

    private const string Formats =
        @"\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb";

    private const string Fillers = @"\u115f\u1160\u2800\u3164\uffa0";

    private const string SpacesBesidesBlank = @"\xa0\u1680\u2000-\u200a\u202f\u205f\u3000";

    private const string Spaces = " " + SpacesBesidesBlank;

    // The common ones.
    private const string Marks = @"\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f";

    private const string PrivateUse = @"\ue000-\uf8ff";

    private const string SurrogatesAndPrivateUse = @"\ud800-\uf8ff";

    private const string HasVisible = @"[\s\S]*[^" + Controls + Spaces + Formats + Fillers + Marks + PrivateUse + "]";

    private const string NotPrintable = Controls + Formats + SpacesBesidesBlank + SurrogatesAndPrivateUse;

    private const string NoBlankAtEitherEnd = "(?! )(?!.* $)";

    // Letters, digits and marks, and some symbols.
    private const string Letters =
        @"A-Za-z0-9\xaa\xb5\xba\xc0-\u115e\u1161-\u1fff\u2070-\u27ff\u2801-\u3163\u3165-\ufdcf\ufdf0-\ufefe\uff00-\uff9f\uffa1-\uffef";

    private const string EmailAtom = "[" + Letters + "!#$%&'*+/=?^_`{|}~-]+";

    private const string EmailLabel = "[" + Letters + "](?:[" + Letters + "-]{0,61}[" + Letters + "])?";

    public const string Id = "^(?![" + Spaces + "])(?!.*[" + Spaces + "]$)(?=" + HasVisible + ")[^" + Controls + Formats + Fillers + "]*$";

    public const string Sku =
        @"^(?!\.\.?$)(?!.*%[0-9A-Fa-f]{2})" + NoBlankAtEitherEnd + "(?=" + HasVisible + @")[^/\\" + NotPrintable + Fillers + "]*$";

    public const string SkuReference = "^" + NoBlankAtEitherEnd + "[^/" + NotPrintable + "]*$";

    public const string Email =
        "^(?=[^@]{1,64}@)" + EmailAtom + @"(?:\." + EmailAtom + ")*@(?:" + EmailLabel + @"\.)+(?![0-9\uff10-\uff19])[" + Letters + "][" + Letters + "-]{0,61}[" + Letters + "]$";

    public static string Text(bool isVisible, bool allowLines)
    {
        var blank = isVisible ? string.Empty : @"|[\t\n\r\u2028\u2029" + Spaces + "]*$";
        return $"^(?={HasVisible}{blank})[^{(allowLines ? ControlsWithinLines : Controls)}{Hidden}]*$";
    }
}
