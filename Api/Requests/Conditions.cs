namespace ActorShop.Api;

/// <summary>Entity tags on answers.</summary>
internal static class Conditions
{
    /// <summary>States the version of what is sent.</summary>
    public static void SetEntityTag(this HttpContext http, long version) => http.Response.Headers.ETag = EntityTag.Of(version);

    /// <summary>The writer saw another version than there is.</summary>
    public static Problem Mismatch(long current) => new(Problems.VersionMismatch, "Read the resource again and retry with its current ETag.")
    {
        Facts = new ProblemFacts { CurrentVersion = current },
    };
}
