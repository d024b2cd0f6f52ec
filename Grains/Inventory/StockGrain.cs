using System.Text.Json;

namespace ActorShop.Inventory;

[Reentrant, GrainType("stock")]
internal sealed partial class StockGrain(
    [PersistentState("stock")] IPersistentState<EntityRecord<Stock, StockEvent>> stored,
    IEventTable ledger,
    TimeProvider clock) : EntityGrain<Stock, StockEvent>(stored, clock), IStockGrain
{
    // Expires reservations in time while the grain is active. The index of due work is the safety net.
    private IGrainTimer? _timer;
    private DateTimeOffset _armed = DateTimeOffset.MaxValue;

    private Sku Sku => new(Key[(Key.IndexOf('/') + 1)..]);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        _timer = this.RegisterGrainTimer(OnExpiryAsync, new(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true });
        ArmTimer();
    }

    public Task<StockLevel> GetAsync() => Task.FromResult(Committed.ToLevel(Sku));

    public Task<ImmutableArray<ReservationView>> GetReservationsAsync() => Task.FromResult<ImmutableArray<ReservationView>>(
        [.. Committed.Reservations.Select(static r => new ReservationView(new(r.Key), r.Value.Quantity, r.Value.ExpiresAt))]);

    public Task ResumeAsync() => DeactivatesUnlessDue() ? Task.CompletedTask : ExpireAsync();

    private async Task ExpireAsync()
    {
        while (Head.Expire(Now) is { IsEmpty: false } expired)
        {
            await CommitAsync(expired);
        }

        ArmTimer();
    }

    private async Task<Past> LookUpAsync(OrderId order)
    {
        if (!Head.NeedsPast(order))
        {
            return Past.Nothing;
        }

        var entries = await ReadLedgerAsync(order.Value, Stock.Window);
        return entries.Any(static row => Parse(row) is StockEvent.Committed) ? Past.Committed
            : entries.Any(static row => Parse(row) is StockEvent.Released or StockEvent.Expired) ? Past.GivenBack
            : Past.Nothing;
    }

    // The answer holds for what was durable when it was read. What happened since is in the head, unless so much happened that the
    // head has forgotten some of it: then the question is asked again.
    private async Task<ImmutableArray<EventRow>> ReadLedgerAsync(string reference, int window)
    {
        while (true)
        {
            var version = Head.Version;
            await CommitAsync([]);
            var rows = await ledger.FindAsync(Key, reference);
            if (Head.Version - version <= window)
            {
                return rows;
            }
        }
    }

    private static StockEvent Parse(EventRow row) => JsonSerializer.Deserialize<StockEvent>(row.Data, ShopJson.Options)!;

    private Task OnExpiryAsync()
    {
        _armed = DateTimeOffset.MaxValue;
        return ExpireAsync();
    }

    private void ArmTimer()
    {
        if (Head.Due is not { } due || due >= _armed)
        {
            return;
        }

        var wait = due - Now;
        _armed = due;
        _timer?.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
