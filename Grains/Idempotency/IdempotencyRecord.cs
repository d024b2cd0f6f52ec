namespace ActorShop;

/// <summary>What is known of one idempotent request. Pure; whoever serves the request stores it with its own state.</summary>
/// <param name="Request">Scope, key and fingerprint as first seen.</param>
/// <param name="OperationId">Made at the first attempt; everything the request creates takes its ids from it.</param>
/// <param name="ForgetAt">When the record may go: <see cref="Kept"/> after it last changed.</param>
/// <param name="Answer">What was answered; null while nothing was.</param>
internal sealed record IdempotencyRecord(RequestKey Request, string OperationId, DateTimeOffset ForgetAt, Answer? Answer)
{
    /// <summary>How long a runner may stay silent before another takes its place.</summary>
    /// <remarks>
    /// Longer: who repeats the request of a process that was killed waits longer. Shorter: a runner that was only slow has company more often,
    /// under its own operation id, which costs work and no correctness.
    /// </remarks>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(5);

    /// <summary>How long answers are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>The record of a first attempt.</summary>
    public static IdempotencyRecord Begin(RequestKey request, string operationId, DateTimeOffset now) =>
        new(request, operationId, now + Kept, Answer: null);

    /// <summary>What a request under this key is told.</summary>
    /// <remarks>After <see cref="BeginResult.Run"/> the caller stores <see cref="Reclaim"/> before it runs.</remarks>
    /// <param name="fingerprint">What is asked.</param>
    /// <param name="now">When.</param>
    /// <param name="heldUntil">Until when this life of the grain takes the runner to be alive; a claim that an earlier life gave counts as lapsed.</param>
    public BeginResult Find(string fingerprint, DateTimeOffset now, DateTimeOffset heldUntil) =>
        !string.Equals(fingerprint, Request.Fingerprint, StringComparison.Ordinal) ? new BeginResult.Reused()
        : Answer is { } answer ? new BeginResult.Finished(answer)
        : now < heldUntil ? new BeginResult.Running()
        : new BeginResult.Run(OperationId);

    /// <summary>Whether nothing needs to be known of the request any more.</summary>
    public bool IsOver(DateTimeOffset now) => now >= ForgetAt;

    /// <summary>Another runner takes over, under the same operation id.</summary>
    public IdempotencyRecord Reclaim(DateTimeOffset now) => this with { ForgetAt = now + Kept };

    /// <summary>Keeps an answer; the first one stays.</summary>
    public IdempotencyRecord Finish(Answer answer, DateTimeOffset now) =>
        Answer is null ? this with { Answer = answer, ForgetAt = now + Kept } : this;
}
