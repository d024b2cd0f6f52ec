using FsCheck;
using FsCheck.Fluent;

namespace ActorShop.Inventory;

/// <summary>What holds of a stock after any sequence of commands, late and repeated ones among them.</summary>
/// <remarks>Method: commands over a few orders and a clock that only goes on, drawn by FsCheck; the ledger is what they left behind.</remarks>
[Trait("Suite", "Unit")]
public sealed class StockProperties
{
    private static readonly Sku Sku = new("85123A");
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Available_IsNeverNegative() =>
        Check(static run => run.Ledger.All(static e => e.OnHand >= 0 && e.Reserved >= 0 && e.OnHand >= e.Reserved));

    [Fact]
    public void Ledger_SumsToTheUnitsOnHand() =>
        Check(static run => run.Ledger.Sum(static e => e.Delta) == run.Stock.OnHand && run.Ledger.Count == run.Stock.Version);

    [Fact]
    public void Reserved_IsTheSumOfLiveReservations() =>
        Check(static run => run.Stock.Reserved == run.Stock.Reservations.Values.Sum(static r => r.Quantity));

    [Fact]
    public void Reservation_BeginsOnceAndEndsAtMostOnce() => Check(static run => run.Ledger
        .Where(static e => e is not StockEvent.Adjusted)
        .GroupBy(static e => e.Reference, StringComparer.Ordinal)
        .All(static entries => entries.Count(static e => e is StockEvent.UnitsReserved) == 1
            && entries.Count(static e => e is not StockEvent.UnitsReserved) <= 1
            && entries.First() is StockEvent.UnitsReserved));

    [Fact]
    public void Due_IsTheFirstExpiry() => Check(static run =>
        run.Stock.After(run.Stock.Expire(run.Now)) is var swept
        && (swept.Due is null) == swept.Reservations.IsEmpty
        && (swept.Due is not { } due || due > run.Now)
        && swept.Reservations.Values.All(r => r.ExpiresAt > run.Now - TimeSpan.FromMinutes(1)));

    [Fact]
    public void RepeatedCommands_ChangeNothing() => Check(static run => run.RepetitionsChangedNothing);

    [Fact]
    public void State_IsTheFoldOfTheLedger() => Check(static run =>
        string.Equals(Json(new Stock().After([.. run.Ledger])), Json(run.Stock), StringComparison.Ordinal));

    private static string Json(Stock stock) => System.Text.Json.JsonSerializer.Serialize(stock, ShopJson.Options);

    private static void Check(Func<Run, bool> holds)
    {
        var command = from kind in Gen.Choose(0, 4)
                      from order in Gen.Choose(1, 6)
                      from quantity in Gen.Choose(1, 6)
                      from seconds in Gen.Choose(0, 240)
                      select new Command(kind, $"ord_{order}", quantity, TimeSpan.FromSeconds(seconds));
        Prop.ForAll(command.ListOf().ToArbitrary(), commands => holds(Perform(commands))).QuickCheckThrowOnFailure();
    }

    private static Run Perform(IEnumerable<Command> commands)
    {
        var run = new Run();
        foreach (var command in commands)
        {
            run.Now += command.Pause;
            run.Take(command.Decide(run.Stock, run.Now, run.Operations++));
            run.RepetitionsChangedNothing &= command.Decide(run.Stock, run.Now, run.Operations - 1).IsEmpty;
        }

        return run;
    }

    private sealed record Command(int Kind, string Order, int Quantity, TimeSpan Pause)
    {
        public ImmutableArray<StockEvent> Decide(Stock stock, DateTimeOffset now, int operation) => Kind switch
        {
            0 => stock.Reserve(new(Order), Quantity, TimeSpan.FromMinutes(3), now, Past.Nothing).Events,
            1 => stock.Commit(new(Order), now, Past.Nothing).Events,
            2 => stock.Release(new(Order)),
            3 => stock.Adjust(Sku, $"op-{operation}", Quantity - 3 is 0 ? 9 : Quantity - 3, "count", past: null).Events,
            _ => stock.Expire(now),
        };
    }

    private sealed class Run
    {
        public Stock Stock { get; private set; } = new();

        public List<StockEvent> Ledger { get; } = [];

        public DateTimeOffset Now { get; set; } = Start;

        public int Operations { get; set; }

        public bool RepetitionsChangedNothing { get; set; } = true;

        public void Take(ImmutableArray<StockEvent> events)
        {
            Ledger.AddRange(events);
            Stock = Stock.After(events);
        }
    }
}
