namespace ActorShop;

/// <summary>One idempotent request. Keyed by a hash of scope and key (<c>idem/…</c>).</summary>
/// <remarks>For requests that make or move money or stock, the checkout among them. Answers are kept 24 hours.</remarks>
[Alias("shared.idempotency")]
public interface IIdempotencyGrain : IResumable
{
    /// <summary>How often a request handler renews its claim: a claim survives two lost renewals.</summary>
    static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1.5);

    /// <summary>Claims the key, or returns why the request must not run.</summary>
    /// <remarks>A claim lapses five seconds after it was made or last renewed, or when the grain's silo dies.</remarks>
    [Alias("begin")]
    Task<BeginResult> BeginAsync(RequestKey request);

    /// <summary>Renews a claim. Nothing is written, and a claim that has ended stays ended.</summary>
    [OneWay, Alias("renew")]
    Task RenewAsync(string operationId);

    /// <summary>Stores the answer before it is sent.</summary>
    /// <returns>The stored answer: the first one that was given.</returns>
    [Alias("finish")]
    Task<Answer> FinishAsync(string operationId, Answer answer);

    /// <summary>Releases the claim without an answer, so that a repeat runs at once.</summary>
    [Alias("abandon")]
    Task AbandonAsync(string operationId);
}
