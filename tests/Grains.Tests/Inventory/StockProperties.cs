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
    public void Reserved_IsTheSumOfReservationsAndAllocations() =>
        Check(static run => run.Stock.Reserved == run.Stock.Allocated + run.Stock.Reservations.Values.Sum(static r => r.Quantity) && run.Stock.Allocated >= 0);

    [Fact]
    public void Order_TakesItsUnitsAtMostOnce_AndItsReservationsBeginAndEndInTurn() => Check(static run => run.Ledger
        .Where(static e => e is StockEvent.UnitsReserved or StockEvent.UnitsAllocated or StockEvent.Committed or StockEvent.Released)
        .GroupBy(static e => e.Reference, StringComparer.Ordinal)
        .All(static entries => entries.Count(static e => e.Taken is not null) <= 1
            && entries.Index().All(static entry => entry.Item is StockEvent.UnitsReserved == (entry.Index % 2 == 0))));

    [Fact]
    public void Due_IsTheFirstCheck() => Check(static run =>
        (run.Stock.Due is null) == run.Stock.Reservations.IsEmpty
        && run.Stock.Reservations.Values.All(r => r.CheckAt <= run.Now + Stock.CheckAfter));

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
            run.Take(command.Decide(run, run.Operations++));
            run.RepetitionsChangedNothing &= command.Decide(run, run.Operations - 1).IsEmpty;
        }

        return run;
    }

    private sealed record Command(int Kind, string Order, int Quantity, TimeSpan Pause)
    {
        public ImmutableArray<StockEvent> Decide(Run run, int operation)
        {
            var past = run.Ledger.Where(entry => string.Equals(entry.Reference, Order, StringComparison.Ordinal)).Select(static entry => entry.Taken).FirstOrDefault(static taken => taken is not null);
            return Kind switch
            {
                0 => run.Stock.Reserve(new(Order), Quantity, run.Now).Events,
                1 => run.Stock.EndReservation(new(Order), Quantity % 2 == 0 ? ReservationEnd.Allocated : ReservationEnd.Shipped, past).Events,
                2 => run.Stock.EndReservation(new(Order), ReservationEnd.Released, past: null).Events,
                3 => run.Stock.Adjust(Sku, $"op-{operation}", Quantity - 3 is 0 ? 9 : Quantity - 3, "count", past: null).Events,
                _ when past is { Allocated: > 0 } => run.Stock.Withdraw(
                    Sku, new(Order), $"{Order}.out", past.Allocated, isShipped: Quantity % 2 == 0, "out",
                    run.Ledger.Index().Where(entry => string.Equals(entry.Item.Reference, $"{Order}.out", StringComparison.Ordinal))
                        .Select(static entry => entry.Item.AsOf(entry.Index + 1)).FirstOrDefault()).Events,
                _ => [],
            };
        }
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
