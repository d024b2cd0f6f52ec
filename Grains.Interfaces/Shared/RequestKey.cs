namespace ActorShop;

/// <summary>The key under which a client may repeat a request, with a fingerprint of what it asked.</summary>
/// <param name="Scope">Caller (or <c>anonymous</c>), method and concrete path.</param>
/// <param name="Key">The client's <c>Idempotency-Key</c>, 1 to 255 printable characters.</param>
/// <param name="Fingerprint">A hash of the request's body: the same key with another one is refused.</param>
[GenerateSerializer, Immutable, Alias("shared.request-key")]
public sealed record RequestKey(string Scope, string Key, string Fingerprint);

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

/// <summary>What became of one idempotent request. Keyed by a hash of scope and key (<c>idem/…</c>).</summary>
/// <remarks>
/// For requests that make or move money or stock; the checkout keeps the same record in its cart, where it costs no write
/// of its own. Answers are kept 24 hours.
/// </remarks>
[Alias("shared.idempotency")]
public interface IIdempotencyGrain : IResumable
{
    /// <summary>How often a runner says that it lives: a claim outlasts a word or two that got lost.</summary>
    static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Claims the key for a run, or says why there is none. A claim lapses five seconds after it was made or last renewed: whoever repeats the
    /// request of a process that was killed waits no longer.
    /// </summary>
    [Alias("begin")]
    Task<BeginResult> BeginAsync(RequestKey request);

    /// <summary>Says that a run goes on. Nothing is written; a claim that has ended stays ended.</summary>
    [OneWay, Alias("renew")]
    Task RenewAsync(string operationId);

    /// <summary>Keeps the answer of a run before it is sent.</summary>
    /// <returns>The answer kept: the first one, whoever was quicker.</returns>
    [Alias("finish")]
    Task<Answer> FinishAsync(string operationId, Answer answer);

    /// <summary>Gives the claim back without an answer: the request was not executed, and a repeat may try.</summary>
    [Alias("abandon")]
    Task AbandonAsync(string operationId);
}
