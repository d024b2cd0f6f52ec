using System.Text.Json.Serialization;

namespace ActorShop.Orders;

/// <summary>An operation on a confirmed order: under way, or what came of it.</summary>
internal sealed record OrderOperation
{
    public string Id { get; init; } = string.Empty;

    public OperationType Type { get; init; }

    /// <summary>Whether the provider and the stocks still have to be asked.</summary>
    public bool Pending { get; init; }

    public DateTimeOffset At { get; init; }

    [JsonPropertyName("look")]
    public DateTimeOffset? ResumeAt { get; init; }

    /// <summary>With a refund that is under way, what was asked.</summary>
    public RefundRequest? Request { get; init; }

    /// <summary>With a refund that is under way, what it set aside.</summary>
    public ImmutableArray<LineReturn> Returns { get; init; } = [];

    /// <summary>With a cancellation that is under way, why.</summary>
    public string? Reason { get; init; }

    public long Refunded { get; init; }

    public long Credited { get; init; }

    /// <summary>The provider's word, where it said no.</summary>
    public string? DeclineCode { get; init; }
}
