using System.Text.Json;
using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Testing.Invariants;

/// <summary>A stored event of an order, a cart, a stock or an idempotency key.</summary>
public sealed record StoredEvent(string Stream, long Sequence, IEvent Data)
{
    private static readonly (string Prefix, Type Type)[] Types =
    [
        (OrderId.Prefix, typeof(OrderEvent)), (CartId.Prefix, typeof(CartEvent)), (StockPrefix, typeof(StockEvent)), ("idem/", typeof(IdempotencyEvent)),
    ];

    private const string StockPrefix = "sku/";

    public string Sku => Stream[StockPrefix.Length..];

    public static string StreamOf(string sku) => StockPrefix + sku;

    /// <summary>Reads an event; null for one that the checks do not use.</summary>
    public static StoredEvent? Read(string stream, long sequence, string json) =>
        Array.Find(Types, known => stream.StartsWith(known.Prefix, StringComparison.Ordinal)) is { Type: { } type }
            ? new(stream, sequence, (IEvent)JsonSerializer.Deserialize(json, type, ShopJson.Options)!)
            : null;
}
