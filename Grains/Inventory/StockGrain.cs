using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ActorShop.Inventory;

[Reentrant, GrainType("stock")]
internal sealed partial class StockGrain(
    [PersistentState("stock")] IPersistentState<EntityRecord<Stock, StockEvent>> stored,
    IEventTable ledger,
    TimeProvider clock,
    ILogger<StockGrain> logger) : EntityGrain<Stock, StockEvent>(stored, clock), IStockGrain
{
    private Sku Sku => new(Key[(Key.IndexOf('/') + 1)..]);

    public Task<StockLevel> GetAsync() => Task.FromResult(Committed.ToLevel(Sku));

    public Task<ImmutableArray<ReservationView>> GetReservationsAsync() => Task.FromResult<ImmutableArray<ReservationView>>(
        [.. Committed.Reservations.Select(static r => new ReservationView(new(r.Key), r.Value.Quantity, r.Value.CheckAt))]);

    private static StockEvent Parse(EventRow row) => JsonSerializer.Deserialize<StockEvent>(row.Data, ShopJson.Options)!;
}
