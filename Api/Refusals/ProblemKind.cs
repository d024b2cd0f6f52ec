namespace ActorShop.Api;

/// <summary>One kind of refusal: what stays the same about it for ever.</summary>
/// <param name="Code">The word that clients switch on. Never renamed.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A few words for people.</param>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>The kind as the URI that RFC 9457 asks for.</summary>
    public string Type { get; } = $"urn:actorshop:problem:{Code}";
}
