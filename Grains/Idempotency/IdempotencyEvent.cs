namespace ActorShop;

internal abstract record IdempotencyEvent : EntityEvent<Idempotency>
{
    /// <summary>The request was claimed or answered.</summary>
    [Alias("shared.idempotency-event.changed")]
    internal sealed record Changed(Idempotency.Entry Record) : IdempotencyEvent
    {
        public override Idempotency ApplyTo(Idempotency head) => new() { Record = Record };
    }

    [Alias("shared.idempotency-event.forgotten")]
    internal sealed record Forgotten : IdempotencyEvent
    {
        public override Idempotency ApplyTo(Idempotency head) => new();
    }
}
