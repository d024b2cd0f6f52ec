namespace ActorShop;

internal abstract record IdempotencyEvent : IEvent
{
    private IdempotencyEvent()
    {
    }

    /// <summary>The request was claimed or answered.</summary>
    [Alias("shared.idempotency-event.changed")]
    internal sealed record Changed(Idempotency.Entry Record) : IdempotencyEvent;

    /// <summary>The record has expired.</summary>
    [Alias("shared.idempotency-event.forgotten")]
    internal sealed record Forgotten : IdempotencyEvent;
}
