namespace ActorShop;

/// <inheritdoc cref="IIdempotencyGrain"/>
[Reentrant]
[GrainType("idempotency")]
internal sealed class IdempotencyGrain(
    [PersistentState("idempotency")] IPersistentState<Stored<Idempotency, IdempotencyEvent>> stored,
    IdSource ids,
    TimeProvider clock) : EntityGrain<Idempotency, IdempotencyEvent>(stored, clock), IIdempotencyGrain
{
    public Task<BeginResult> BeginAsync(RequestKey request) => CommitAsync(Head.Begin(request, ids.Next(), Now));

    public Task<Answer> FinishAsync(string operationId, Answer answer) => CommitAsync(Head.Finish(operationId, answer, Now));

    public Task AbandonAsync(string operationId) => CommitAsync(Head.Abandon(operationId, Now));

    public Task WakeAsync() => CommitAsync(Head.Forget(Now));
}
