using System.Text.Json.Serialization;

namespace ActorShop.Testing.Customers;

/// <summary>An answer of the shop.</summary>
/// <param name="Status">The HTTP status; 0 where no answer arrived.</param>
public sealed record ShopReply(int Status)
{
    /// <summary>No answer arrived.</summary>
    public static ShopReply Unknown { get; } = new(0);

    /// <summary>The problem code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>The id of the cart or order.</summary>
    public string? Id { get; init; }

    /// <summary>The version of the cart, order or stock.</summary>
    public long Version { get; init; }

    /// <summary>The status of the cart or order.</summary>
    public string? State { get; init; }

    /// <summary>The total of a cart or order in minor units; for a refund, what has been refunded of the order.</summary>
    public long Amount { get; init; }

    public long OnHand { get; init; }

    public long Reserved { get; init; }

    /// <summary>How many units more than there are may be reserved.</summary>
    public long BackorderLimit { get; init; }

    /// <summary>The answer as it arrived, for comparison with a repeated one.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the shop says that a repeat may be answered otherwise: the answer has a <c>Retry-After</c>.</summary>
    public bool IsPassing { get; init; }

    /// <summary>Whether the shop accepted the request.</summary>
    [JsonIgnore]
    public bool IsFine => Status is >= 200 and < 300;

    [JsonIgnore]
    public bool IsUnknown => Status == 0;

    /// <summary>Whether the same request may be answered otherwise a moment later.</summary>
    [JsonIgnore]
    public bool IsTransient => IsPassing || Status is 0 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Whether the shop stores the answer under the key, so that every repeat gets it.</summary>
    [JsonIgnore]
    public bool IsKept => !IsTransient && (IsFine || Status is 402 or 409 or 422)
        && Code is not ("checkout_in_progress" or "cart_ordered" or "cart_empty" or "not_offered" or "price_changed" or "idempotency_key_reused");

    public override string ToString() => IsUnknown ? "no answer" : $"{Status} {Code ?? State}".TrimEnd();
}
