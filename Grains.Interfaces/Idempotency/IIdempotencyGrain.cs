namespace ActorShop;

/// <summary>What became of one idempotent request. Keyed by a hash of scope and key (<c>idem/…</c>).</summary>
/// <remarks>
/// For requests that make or move money or stock, the checkout among them. Answers are kept 24 hours.
/// </remarks>
[Alias("shared.idempotency")]
public interface IIdempotencyGrain : IResumable
{
    /// <summary>How often a runner says that it lives: a claim outlasts a word or two that got lost.</summary>
    static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// Claims the key for a run, or returns why the request must not run. A claim lapses five seconds after it was made or last renewed. A repeat of a
    /// request whose process was killed waits no longer than that.
    /// </summary>
    [Alias("begin")]
    Task<BeginResult> BeginAsync(RequestKey request);

    /// <summary>Renews the claim of a run. Nothing is written; a claim that has ended stays ended.</summary>
    [OneWay, Alias("renew")]
    Task RenewAsync(string operationId);

    /// <summary>Stores the answer of a run before it is sent.</summary>
    /// <returns>The stored answer: the first one that was given.</returns>
    [Alias("finish")]
    Task<Answer> FinishAsync(string operationId, Answer answer);

    /// <summary>Gives the claim back without an answer: the request was not executed, and a repeat may try.</summary>
    [Alias("abandon")]
    Task AbandonAsync(string operationId);
}
