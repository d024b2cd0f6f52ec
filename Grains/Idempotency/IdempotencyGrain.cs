namespace ActorShop;

[Reentrant, GrainType("idempotency"), PreferLocalPlacement]
internal sealed class IdempotencyGrain(
    [PersistentState("idempotency")] IPersistentState<EntityRecord<Idempotency, IdempotencyEvent>> stored,
    IdSource ids,
    TimeProvider clock) : EntityGrain<Idempotency, IdempotencyEvent>(stored, clock), IIdempotencyGrain
{
    // When the claim lapses. Not stored: a silo that dies mostly takes its requests with it, so a repeat runs at once. If the first request
    // handler still runs, both run under one operation id, and the first answer is the one that is stored.
    private DateTimeOffset _heldUntil;

    public Task<BeginResult> BeginAsync(RequestKey request)
    {
        var decision = Head.Begin(request, ids.Next(), Now, _heldUntil);
        if (decision.Reply is BeginResult.Run)
        {
            _heldUntil = Now + Idempotency.Claim;
        }

        return CommitAsync(decision);
    }

    public Task RenewAsync(string operationId)
    {
        // Ignore a renewal that arrives after the claim expired or was released.
        if (Now < _heldUntil && Head.IsOf(operationId))
        {
            _heldUntil = Now + Idempotency.Claim;
        }

        return Task.CompletedTask;
    }

    public Task<Answer> FinishAsync(string operationId, Answer answer)
    {
        Release(operationId);
        return CommitAsync(Head.Finish(operationId, answer, Now));
    }

    public Task AbandonAsync(string operationId)
    {
        // The operation id stays, because the request may have had an effect.
        Release(operationId);
        return Task.CompletedTask;
    }

    public Task ResumeAsync() => DeactivatesUnlessDue() ? Task.CompletedTask : CommitAsync(Head.Forget(Now));

    private void Release(string operationId)
    {
        if (Head.IsOf(operationId))
        {
            _heldUntil = default;
        }
    }
}
