namespace ActorShop.Simulation.Shop;

/// <summary>All checkers of a run, and the numbers of the invariants in the design.</summary>
internal static class Checkers
{
    public static IReadOnlyList<Checker> Attach(World world)
    {
        Checker[] all =
        [
            new NothingIsOversold(world),               // 1
            new StockIsNeverNegative(world),            // 2
            new LedgerSumsToWhatIsOnHand(world),        // 3
            new ReservedIsTheSumOfReservations(world),  // 4
            new EveryReservationEndsOnce(world),        // 5
            new AcknowledgedOrdersSurvive(world),       // 6
            new NoOrderIsAPhantom(world),               // 7
            new SameKeyGetsTheSameAnswer(world),        // 8
            new OneKeyMakesOneOrder(world),             // 9; 10 is asked by the shoppers
            new CaptureStaysWithinTheHold(world),       // 11
            new MoneyIsConserved(world),                // 12
            new RefundsStayWithinTheirLines(world),
            new CapturedMoneyHasAnOrder(world),         // 13
            new FailedOrdersHoldNothing(world),         // 14
            new CompensationsGiveUnitsBack(world),
            new ConfirmedOrdersAreCovered(world),       // 15
            new EverySagaEnds(world),                   // 16
            new StatesFollowLegalEdges(world),          // 17
            new TotalsAreOfFrozenPrices(world),         // 18
            new CartYieldsOneOrder(world),              // 20; 21 is seen by the clients
            new AdjustmentsCountOnce(world),
            new ReadModelSaysWhatHappened(world),       // 22, as far as there are consumers
            new EnoughSucceeds(world),                  // 25
        ];
        foreach (var checker in all)
        {
            world.Tables.Committed += checker.OnWrite;
            world.Journal.Appended += checker.OnEntry;
        }

        return all;
    }
}
