namespace ActorShop;

/// <summary>The record of an idempotent request, and its end.</summary>
internal sealed record Idempotency : IEntity<Idempotency, IdempotencyEvent>
{
    /// <summary>The record; null before the first attempt and after it was forgotten.</summary>
    public IdempotencyRecord? Record { get; init; }

    public DateTimeOffset? Due => Record?.ForgetAt;

    public Decision<BeginResult, IdempotencyEvent> Begin(RequestKey request, string newOperationId, DateTimeOffset now, DateTimeOffset heldUntil)
    {
        if (Record is null || Record.IsOver(now))
        {
            return new(
                new BeginResult.Run(newOperationId),
                [new IdempotencyEvent.Changed(IdempotencyRecord.Begin(request, newOperationId, now))]);
        }

        var found = Record.Find(request.Fingerprint, now, heldUntil);
        return new(found, found is BeginResult.Run ? [new IdempotencyEvent.Changed(Record.Reclaim(now))] : []);
    }

    public Decision<Answer, IdempotencyEvent> Finish(string operationId, Answer answer, DateTimeOffset now)
    {
        // A runner that comes back after its record was forgotten, or taken over by another operation, has nothing to keep.
        if (Record is null || !string.Equals(Record.OperationId, operationId, StringComparison.Ordinal))
        {
            return new(answer, []);
        }

        return Record.Answer is { } kept
            ? new(kept, [])
            : new(answer, answer.IsFinal ? [new IdempotencyEvent.Changed(Record.Finish(answer, now))] : []);
    }

    /// <summary>What waking does: the record goes when its time is over.</summary>
    public ImmutableArray<IdempotencyEvent> Forget(DateTimeOffset now) =>
        Record?.IsOver(now) == true ? [new IdempotencyEvent.Forgotten()] : [];

    public Idempotency Apply(IdempotencyEvent happened) => happened switch
    {
        IdempotencyEvent.Changed e => this with { Record = e.Record },
        IdempotencyEvent.Forgotten => this with { Record = null },
        _ => this,
    };
}
