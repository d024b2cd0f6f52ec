namespace ActorShop.Testing.Contracts;

/// <summary>An answer of the API.</summary>
/// <param name="Path">The path of the request, without its query.</param>
public sealed record ApiReply(
    string Method, string Path, int Status, string? ContentType, IReadOnlyCollection<string> Headers, string Body);
