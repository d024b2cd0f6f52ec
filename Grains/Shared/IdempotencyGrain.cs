namespace ActorShop;

/// <inheritdoc cref="IIdempotencyGrain"/>
[Reentrant]
[GrainType("idempotency")]
[PreferLocalPlacement]
internal sealed class IdempotencyGrain(
    [PersistentState("idempotency")] IPersistentState<Stored<Idempotency, IdempotencyEvent>> stored,
    IdSource ids,
    TimeProvider clock) : EntityGrain<Idempotency, IdempotencyEvent>(stored, clock), IIdempotencyGrain
{
    // Not stored: when a silo has died, its requests mostly died with it, and whoever repeats one now need not wait for the claim to
    // lapse. Should the old runner be alive after all, both run under one operation id, and the first answer stays.
    private bool _hasClaimed;

    public Task<BeginResult> BeginAsync(RequestKey request)
    {
        var decision = Head.Begin(request, ids.Next(), Now, _hasClaimed);
        _hasClaimed |= decision.Reply is BeginResult.Run;
        return CommitAsync(decision);
    }

    public Task<Answer> FinishAsync(string operationId, Answer answer) => CommitAsync(Head.Finish(operationId, answer, Now));

    public Task AbandonAsync(string operationId) => CommitAsync(Head.Abandon(operationId, Now));

    public Task WakeAsync() => ForgetsUnlessDue() ? Task.CompletedTask : CommitAsync(Head.Forget(Now));
}
