using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorShop.Storage.Reporting;

/// <summary>Reads facts from events as they are stored.</summary>
internal static class FactReader
{
    /// <summary>The fact of an event; null where the read models have no use for it.</summary>
    /// <exception cref="InvalidDataException">The event is not what its stream and type say. Nothing may be left out in silence.</exception>
    public static Fact? Read(EventRow row)
    {
        try
        {
            return (KindOf(row.Stream), row.Type) switch
            {
                ("sku", _) => Parse<StockMembers>(row) is { OnHand: { } onHand } stock
                    ? new Fact.StockChanged(row.Stream["sku/".Length..], onHand, stock.Reserved ?? 0, stock.Policy)
                    : null,
                ("ord", "placed") => new Fact.OrderChanged(Parse<PlacedMembers>(row).ToOrder(), Confirmed: false, "pending", Refund: null),
                ("ord", "failed") => new Fact.OrderChanged(Order: null, Confirmed: false, row.Type, Refund: null),
                ("ord", "confirmed") => new Fact.OrderChanged(Parse<OrderMembers>(row).Order, Confirmed: true, row.Type, Refund: null),
                ("ord", "refunded") => new Fact.OrderChanged(Order: null, Confirmed: false, Status: null, Parse<RefundMembers>(row).Refund),
                ("ord", "cancelled") => new Fact.OrderChanged(Order: null, Confirmed: false, row.Type, Parse<RefundMembers>(row).Refund),
                ("prod", "stored" or "archived") => new Fact.ProductStored(Parse<ProductMembers>(row).Product),
                ("category", "stored" or "archived") => new Fact.CategoryStored(Parse<CategoryMembers>(row).Category),
                ("entry", "posted") => new Fact.EntryPosted(Parse<EntryMembers>(row).Entry),
                _ => null,
            };
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"Event {row.Sequence} of {row.Stream} ({row.Type}) cannot be read.", unreadable);
        }
    }

    // The prefix of a key says what kind of grain it names.
    private static string KindOf(string stream) => stream.IndexOfAny(['/', '_']) is > 0 and var end ? stream[..end] : stream;

    private static T Parse<T>(EventRow row) =>
        JsonSerializer.Deserialize<T>(row.Data, ShopJson.Options) ?? throw new JsonException("An event is an object.");

    private sealed record StockMembers(long? OnHand, long? Reserved, string? Policy);

    private sealed record OrderMembers([property: JsonRequired] OrderPart Order);

    private sealed record PlacedMembers([property: JsonRequired] string Order, [property: JsonRequired] CommandMembers Command)
    {
        public OrderPart ToOrder() => new(
            Order, Status: null, Command.Lines, Command.Totals, Command.Cart, Command.ExternalId, Command.CustomerId, Command.PlacedAt);
    }

    private sealed record CommandMembers(
        ImmutableArray<LinePart> Lines, TotalsPart Totals, string? Cart, string? ExternalId, string? CustomerId, DateTimeOffset PlacedAt);

    private sealed record RefundMembers(RefundPart? Refund);

    private sealed record ProductMembers([property: JsonRequired] ProductPart Product);

    private sealed record CategoryMembers([property: JsonRequired] CategoryPart Category);

    private sealed record EntryMembers([property: JsonRequired] EntryPart Entry);
}
