namespace ActorShop;

[Reentrant]
[GrainType("idempotency")]
[PreferLocalPlacement]
internal sealed class IdempotencyGrain(
    [PersistentState("idempotency")] IPersistentState<EntityRecord<Idempotency, IdempotencyEvent>> stored,
    IdSource ids,
    TimeProvider clock) : EntityGrain<Idempotency, IdempotencyEvent>(stored, clock), IIdempotencyGrain
{
    // Not stored: when a silo has died, its requests mostly died with it, and whoever repeats one now need not wait for the claim to
    // lapse. Should the old runner be alive after all, both run under one operation id, and the first answer stays.
    private DateTimeOffset _heldUntil;

    public Task<BeginResult> BeginAsync(RequestKey request)
    {
        var decision = Head.Begin(request, ids.Next(), Now, _heldUntil);
        if (decision.Reply is BeginResult.Run)
        {
            _heldUntil = Now + IdempotencyRecord.Claim;
        }

        return CommitAsync(decision);
    }

    public Task RenewAsync(string operationId)
    {
        // Who has lost its claim, or has given it back, does not get it again by a word that was late.
        if (Now < _heldUntil && IsOf(operationId))
        {
            _heldUntil = Now + IdempotencyRecord.Claim;
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
        // The operation id stays: what the runner began may have had an effect.
        Release(operationId);
        return Task.CompletedTask;
    }

    public Task ResumeAsync() => DeactivatesUnlessDue() ? Task.CompletedTask : CommitAsync(Head.Forget(Now));

    private bool IsOf(string operationId) => string.Equals(Head.Record?.OperationId, operationId, StringComparison.Ordinal);

    private void Release(string operationId)
    {
        if (IsOf(operationId))
        {
            _heldUntil = default;
        }
    }
}
