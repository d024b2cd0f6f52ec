using System.Text.Json.Serialization;

namespace ActorShop.Orders;

/// <summary>An operation on a confirmed order, unfinished or finished. Each case is in the file of its operation.</summary>
/// <remarks>
/// An unfinished operation states what it needs: a call to the payment, units that return to stock, and the event that ends it. The grain does
/// that in this order, under keys that are the same at every attempt.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
internal abstract partial record OrderOperation
{
    public string Id { get; init; } = string.Empty;

    public bool Pending { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>When an unfinished operation is resumed if its activation is lost.</summary>
    [JsonPropertyName("look")]
    public DateTimeOffset? ResumeAt { get; init; }

    /// <summary>The units and money that an unfinished operation reserves from other refunds.</summary>
    public ImmutableArray<LineReturn> Returns { get; init; } = [];

    public long Refunded { get; init; }

    public long Credited { get; init; }

    public string? DeclineCode { get; init; }

    public abstract string Label { get; }

    public OperationOutcome Outcome => new(Refunded, Credited, DeclineCode);

    /// <summary>The call to the payment; null if there is none.</summary>
    public abstract PaymentCall? CallPayment(Order order);

    /// <summary>The units that return to stock once the payment is done.</summary>
    public virtual ImmutableArray<UnitReturn> ReturnUnits(Order order) => [];

    /// <summary>The event that ends the operation once the payment is done and the units are back.</summary>
    public abstract OrderEvent Complete(Order order, DateTimeOffset now);

    public virtual OrderOperation Finish(OperationOutcome outcome) => this with
    {
        Pending = false,
        ResumeAt = null,
        Returns = [],
        Refunded = outcome.Refunded,
        Credited = outcome.Credited,
        DeclineCode = outcome.DeclineCode,
    };
}
