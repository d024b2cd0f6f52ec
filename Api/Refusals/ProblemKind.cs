namespace ActorShop.Api;

/// <summary>A kind of problem: the members that never change.</summary>
/// <param name="Code">A stable code for programs.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short text for people.</param>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>The <c>type</c> URI of RFC 9457.</summary>
    public string Type { get; } = $"urn:actorshop:problem:{Code}";
}
