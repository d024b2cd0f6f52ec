namespace ActorShop;

/// <summary>The answer to a request: HTTP status, body, <c>Location</c> and <c>ETag</c>. A repeat gets the same.</summary>
[GenerateSerializer, Immutable, Alias("shared.answer")]
public sealed record Answer(int Status, string Body, string? Location, string? ETag = null)
{
    /// <summary>Whether it states an outcome: done, or refused by a rule. Any other status is not stored, so that a repeat finds the outcome.</summary>
    public bool IsFinal => Status is (>= 200 and < 300) or 402 or 409 or 422;
}
