using System.Text.Json.Serialization;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>An operation on a confirmed order, unfinished or finished. Each case is in the file of its operation.</summary>
/// <remarks>
/// An unfinished operation states what it needs: a call to the provider, units that move, and the event that ends it. The grain does
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

    /// <summary>The call to the provider; null if there is none.</summary>
    public abstract ProviderOperation? CallPayment(Order order);

    /// <summary>The units that move once the payment is done.</summary>
    public virtual ImmutableArray<UnitMove> MoveUnits(Order order) => [];

    /// <summary>The event that ends the operation once the payment is done and the units have moved.</summary>
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
