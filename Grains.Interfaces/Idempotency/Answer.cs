namespace ActorShop;

/// <summary>An answer as it went out, kept so that a repeat gets the same bytes.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, UTF-8.</param>
/// <param name="Location">The header of that name, where there was one.</param>
[GenerateSerializer, Immutable, Alias("shared.answer")]
public sealed record Answer(int Status, string Body, string? Location)
{
    /// <summary>
    /// Whether it tells what came of the request: done, or refused by a rule. Any other, such as 503 and 504, is never kept, so that a
    /// repeat finds the outcome.
    /// </summary>
    public bool IsFinal => Status is (>= 200 and < 300) or 402 or 409 or 422;
}
