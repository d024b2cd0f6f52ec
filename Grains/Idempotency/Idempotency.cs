namespace ActorShop;

/// <summary>An idempotent request: its key, the operation id it runs under, and its answer.</summary>
internal sealed record Idempotency : IEntity
{
    /// <summary>How long a claim holds without a renewal.</summary>
    /// <remarks>
    /// Longer: a repeat waits longer after the process that ran the request was killed. Shorter: a slow request handler is more often joined by a
    /// second one. Both run under one operation id, so that costs work and no correctness.
    /// </remarks>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(5);

    /// <summary>How long a record is kept after its last change.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Null before the first attempt, and after the record has expired.</summary>
    public Entry? Record { get; init; }

    public DateTimeOffset? Due => Record?.ForgetAt;

    /// <param name="heldUntil">When the claim lapses.</param>
    public Decision<BeginResult, IdempotencyEvent> Begin(RequestKey request, string newOperationId, DateTimeOffset now, DateTimeOffset heldUntil)
    {
        if (Record is not { } record || now >= record.ForgetAt)
        {
            return new(new BeginResult.Run(newOperationId), [new IdempotencyEvent.Changed(new(request, newOperationId, now + Kept, Answer: null))]);
        }

        BeginResult found = !string.Equals(request.Fingerprint, record.Request.Fingerprint, StringComparison.Ordinal) ? new BeginResult.Reused()
            : record.Answer is { } answer ? new BeginResult.Finished(answer)
            : now < heldUntil ? new BeginResult.Running()
            : new BeginResult.Run(record.OperationId);
        return new(found, found is BeginResult.Run ? [new IdempotencyEvent.Changed(record with { ForgetAt = now + Kept })] : []);
    }

    /// <summary>Stores an answer; the first one stays.</summary>
    public Decision<Answer, IdempotencyEvent> Finish(string operationId, Answer answer, DateTimeOffset now) => Record switch
    {
        // The record has expired, or belongs to another operation.
        _ when !IsOf(operationId) => new(answer, []),
        { Answer: { } stored } => new(stored, []),
        _ => new(answer, answer.IsFinal ? [new IdempotencyEvent.Changed(Record! with { Answer = answer, ForgetAt = now + Kept })] : []),
    };

    public ImmutableArray<IdempotencyEvent> Forget(DateTimeOffset now) => now >= Record?.ForgetAt ? [new IdempotencyEvent.Forgotten()] : [];

    public bool IsOf(string operationId) => string.Equals(Record?.OperationId, operationId, StringComparison.Ordinal);

    /// <summary>The stored request.</summary>
    /// <param name="Request">Scope, key and fingerprint of the first attempt.</param>
    /// <param name="OperationId">Made at the first attempt and never changed: the ids of what the request creates are made from it.</param>
    /// <param name="ForgetAt">When the record expires.</param>
    /// <param name="Answer">Null before the request has been answered.</param>
    internal sealed record Entry(RequestKey Request, string OperationId, DateTimeOffset ForgetAt, Answer? Answer);
}
