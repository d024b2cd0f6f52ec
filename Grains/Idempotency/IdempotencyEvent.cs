namespace ActorShop;

/// <summary>What happened to the record of an idempotent request.</summary>
internal abstract record IdempotencyEvent : IEvent
{
    private IdempotencyEvent()
    {
    }

    /// <summary>The record was claimed or answered.</summary>
    [Alias("shared.idempotency-event.changed")]
    internal sealed record Changed(IdempotencyRecord Record) : IdempotencyEvent;

    /// <summary>The record's time was over.</summary>
    [Alias("shared.idempotency-event.forgotten")]
    internal sealed record Forgotten : IdempotencyEvent;
}
