namespace ActorShop;

/// <summary>What <see cref="IIdempotencyGrain.BeginAsync"/> found under a key.</summary>
[GenerateSerializer, Immutable, Alias("shared.begin-result")]
public abstract record BeginResult
{
    private BeginResult()
    {
    }

    /// <summary>The request may run, or run again after its first runner was lost: under this operation id each time.</summary>
    /// <param name="OperationId">32 hexadecimal digits of a UUID of version 7, made at the first attempt; ids of what the request creates are made from it.</param>
    [GenerateSerializer, Immutable, Alias("shared.begin-result.run")]
    public sealed record Run(string OperationId) : BeginResult;

    /// <summary>The request ran to its end before.</summary>
    /// <param name="Answer">What it was answered.</param>
    [GenerateSerializer, Immutable, Alias("shared.begin-result.finished")]
    public sealed record Finished(Answer Answer) : BeginResult;

    /// <summary>The request is running now.</summary>
    [GenerateSerializer, Immutable, Alias("shared.begin-result.running")]
    public sealed record Running : BeginResult;

    /// <summary>The key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("shared.begin-result.reused")]
    public sealed record Reused : BeginResult;
}
