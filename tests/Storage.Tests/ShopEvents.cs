using System.Text.Json;
using System.Text.Json.Nodes;
using ActorShop.Accounting;
using ActorShop.Catalog;
using ActorShop.Orders;
using ActorShop.Payments;
using ActorShop.Storage.Writer;
using Orleans.Storage;

namespace ActorShop.Storage;

/// <summary>Writes what the shop's grains would have written, event by event.</summary>
internal sealed class ShopEvents(IGrainStorage storage)
{
    public static readonly DateTimeOffset Noon = new(2011, 11, 4, 12, 0, 0, TimeSpan.Zero);

    // The members of anonymous types are read-only, which the shop's own options leave out.
    private static readonly JsonSerializerOptions Json = new(ShopJson.Options) { IgnoreReadOnlyProperties = false };

    private static readonly ImmutableSortedDictionary<string, string> Nothing =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private readonly Dictionary<string, GrainState<EntityRecord<Jar, JsonObject>>> _streams = new(StringComparer.Ordinal);

    public static Money Gbp(long amount) => new(amount, "GBP");

    public Task ProductAsync(
        string id, string name, string? category = null, long? price = null, string[]? skus = null, bool archived = false, int day = 0) =>
        AppendAsync(id, archived ? "archived" : "stored", new
        {
            Product = new ProductView(
                new(id),
                name,
                "A description.",
                category,
                Nothing,
                [.. (skus ?? [id.ToUpperInvariant()]).Select((sku, n) => new VariantDraft(
                    new(sku), price is { } amount ? [Gbp(amount + n), new(2 * amount, "EUR")] : [], Nothing))],
                ExternalId: null,
                archived,
                Noon.AddDays(day),
                Noon.AddDays(day),
                Version: 1),
        });

    public Task CategoryAsync(string code, string name, bool archived = false) =>
        AppendAsync($"category/{code}", archived ? "archived" : "stored", new { Category = new CategoryView(code, name, archived, Version: 1) });

    public Task StockAsync(string sku, int onHand, int reserved = 0, string? policy = null) =>
        AppendAsync($"sku/{sku}", policy is null ? "adjusted" : "policy-changed", new { Delta = 0, OnHand = onHand, Reserved = reserved, Policy = policy });

    public async Task OrderAsync(
        string id, DateTimeOffset placedAt, (string Sku, int Quantity, long Price)[] lines, string? customerId = null, string? externalId = null)
    {
        await PlaceAsync(id, placedAt, lines, customerId, externalId);
        await AppendAsync(id, "confirmed", new { Order = SoldOrder.Of(new(id), Command(placedAt, lines, customerId, externalId)) });
    }

    /// <summary>An order that has not settled. Its event has members of other kinds under the same names as its confirmation.</summary>
    public Task PlaceAsync(
        string id, DateTimeOffset placedAt, (string Sku, int Quantity, long Price)[] lines, string? customerId = null, string? externalId = null) =>
        AppendAsync(id, "placed", new { Order = id, Command = Command(placedAt, lines, customerId, externalId), Deadline = placedAt });

    public Task FailAsync(string id) => AppendAsync(id, "failed", new { Cause = new { Code = "payment_declined" } });

    public Task RefundAsync(string id, DateTimeOffset at, long refunded, long credited = 0, int lines = 1, string? externalId = null) =>
        AppendAsync(id, "refunded", new { OperationId = "op", Refund = Refund(at, refunded, credited, lines, externalId) });

    public Task CancelAsync(string id, DateTimeOffset at, long refunded) =>
        AppendAsync(id, "cancelled", new { Reason = "Changed my mind.", Refund = Refund(at, refunded, credited: 0, lines: 1, externalId: null) });

    public Task EntryAsync(string externalId, DateTimeOffset at, string account, long amount, int items = 0) =>
        AppendAsync($"entry/{externalId}", "posted", new
        {
            Entry = new LedgerEntry(
                externalId, Gbp(amount), account, "A reason.", at, CustomerId: null,
                [.. Enumerable.Range(0, items).Select(static n => new RefundItem(new($"SKU-{n}"), 1, UnitPrice: null, Restock: false))]),
        });

    public async Task AppendAsync(string stream, string type, object data, string[]? topics = null, DateTimeOffset? due = null, string? label = null)
    {
        if (!_streams.TryGetValue(stream, out var state))
        {
            _streams[stream] = state = new GrainState<EntityRecord<Jar, JsonObject>>(new EntityRecord<Jar, JsonObject>());
        }

        var sequence = state.State!.Sequence + 1;
        state.State = new()
        {
            Head = state.State.Head,
            Sequence = sequence,
            Events = [new(sequence, Noon, type, Reference: null, JsonSerializer.SerializeToNode(data, Json)!.AsObject())],
            Outbox = [.. (topics ?? ["reporting"]).Select(topic => new Delivery(sequence, topic))],
            Due = due,
            Label = label,
        };
        await storage.WriteStateAsync("order", GrainId.Create("order", stream), state);
    }

    private static object Refund(DateTimeOffset at, long refunded, long credited, int lines, string? externalId) =>
        new { At = at, Lines = lines, Units = lines, Refunded = Gbp(refunded), Credited = Gbp(credited), ExternalId = externalId };

    public static PlaceOrder Command(
        DateTimeOffset placedAt, (string Sku, int Quantity, long Price)[] lines, string? customerId, string? externalId)
    {
        ImmutableArray<Line> views = [.. lines.Select(static line => Line.Of(new(line.Sku), line.Sku, line.Quantity, Gbp(line.Price)))];
        return new(
            views, Totals.Of(views, "GBP", taxInclusive: true), OrderTender.External, PaymentToken: null, Cart: null, externalId, customerId,
            Email: null, ShippingAddress: null, placedAt);
    }
}
