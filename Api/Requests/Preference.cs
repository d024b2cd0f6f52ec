namespace ActorShop.Api;

/// <summary>RFC 7240: what a client would rather have.</summary>
internal static class Preference
{
    private const string Minimal = "return=minimal";

    /// <summary>Whether the headers are enough.</summary>
    public static bool IsMinimal(HttpRequest request)
    {
        foreach (var header in request.Headers["Prefer"])
        {
            if (header is not null && header.Contains(Minimal, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>States that the client got what it preferred.</summary>
    public static void SetApplied(HttpResponse response) => response.Headers["Preference-Applied"] = Minimal;
}
