using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorShop.Chaos.Workload;

/// <summary>What a client wrote down of one thing it asked for, with everything it needs to hold the shop to it later.</summary>
/// <param name="Kind">What it asked.</param>
/// <param name="Key">The key under which it asked; unique in a run.</param>
/// <param name="Path">Where it asked.</param>
/// <param name="Status">The answer's status; 0 where no answer came within the client's patience.</param>
internal sealed record Receipt(ReceiptKind Kind, string Key, string Path, int Status)
{
    /// <summary>When it was answered, since the run began.</summary>
    public TimeSpan At { get; init; }

    /// <summary>How long it took, with all repetitions.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The problem code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>The order it is about.</summary>
    public string? Order { get; init; }

    /// <summary>The cart it is about.</summary>
    public string? Cart { get; init; }

    /// <summary>What was in the cart, or moved in the stock: units by SKU.</summary>
    public IReadOnlyDictionary<string, int> Units { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Minor units that the answer tells of: an order's total, a refund.</summary>
    public long Amount { get; init; }

    /// <summary>What was sent, to be sent again.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>The answer as it came.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether the shop said that it is done, or that it will be.</summary>
    [JsonIgnore]
    public bool IsAcknowledged => Status is >= 200 and < 300;

    /// <summary>Whether nobody knows what became of it.</summary>
    [JsonIgnore]
    public bool IsUnknown => Status == 0;
}

/// <summary>What was asked.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReceiptKind>))]
internal enum ReceiptKind
{
    /// <summary>A cart was made.</summary>
    Cart,

    /// <summary>A cart was checked out.</summary>
    Checkout,

    /// <summary>An order was called off.</summary>
    Cancel,

    /// <summary>An order's money was taken.</summary>
    Capture,

    /// <summary>Units of an order were given back.</summary>
    Refund,

    /// <summary>Units were put on the shelf.</summary>
    Restock,
}
