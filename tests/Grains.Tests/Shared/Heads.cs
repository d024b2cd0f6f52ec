namespace ActorShop;

internal static class Heads
{
    public static THead After<THead, TEvent>(this THead head, ImmutableArray<TEvent> events)
        where TEvent : EntityEvent<THead> => events.Aggregate(head, static (head, happened) => happened.ApplyTo(head));

    public static THead After<THead, TReply, TEvent>(this THead head, Decision<TReply, TEvent> decision)
        where TEvent : EntityEvent<THead> => head.After(decision.Events);
}
