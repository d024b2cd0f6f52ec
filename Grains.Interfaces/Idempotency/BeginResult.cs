namespace ActorShop;

[GenerateSerializer, Immutable, Alias("shared.begin-result")]
public abstract record BeginResult
{
    private BeginResult()
    {
    }

    /// <summary>The request runs, at each attempt under the same operation id: 32 hexadecimal digits of a UUID of version 7.</summary>
    [GenerateSerializer, Immutable, Alias("shared.begin-result.run")]
    public sealed record Run(string OperationId) : BeginResult;

    /// <summary>The request was answered before.</summary>
    [GenerateSerializer, Immutable, Alias("shared.begin-result.finished")]
    public sealed record Finished(Answer Answer) : BeginResult;

    [GenerateSerializer, Immutable, Alias("shared.begin-result.running")]
    public sealed record Running : BeginResult;

    /// <summary>The key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("shared.begin-result.reused")]
    public sealed record Reused : BeginResult;
}
