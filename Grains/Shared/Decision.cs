namespace ActorShop;

/// <summary>What a rule decided: an answer, and what must become durable before it is given.</summary>
/// <param name="Reply">The answer.</param>
/// <param name="Events">What happened; empty for refusals and repetitions.</param>
internal readonly record struct Decision<TReply, TEvent>(TReply Reply, ImmutableArray<TEvent> Events)
    where TEvent : class, IEvent;
