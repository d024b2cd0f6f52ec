namespace ActorShop.Api;

/// <summary>The <c>Prefer</c> header (RFC 7240).</summary>
internal static class Preference
{
    private const string Minimal = "return=minimal";

    public static bool IsMinimal(HttpRequest request) =>
        request.Headers["Prefer"].Any(static header => header?.Contains(Minimal, StringComparison.OrdinalIgnoreCase) is true);

    public static void SetApplied(HttpResponse response) => response.Headers["Preference-Applied"] = Minimal;
}
