namespace ActorShop.Simulation.Shop;

/// <summary>A run in which hardly anything succeeded shows nothing: while nothing was broken, nine requests of ten were answered.</summary>
internal sealed class EnoughSucceeds(World world) : Checker(world)
{
    public override void AtTheEnd(FinalState end)
    {
        foreach (var (kind, tally) in World.History.Tallies.Where(static pair => pair.Key is not "final sale"))
        {
            var asked = tally.AnsweredInCalm + tally.UnknownInCalm;
            Holds(tally.AnsweredInCalm * 10 >= asked * 9, $"{kind}: {tally.AnsweredInCalm} of {asked} were answered while nothing was broken.");
        }

        foreach (var kind in (string[])["create cart", "set item", "checkout", "read stock", "final sale"])
        {
            Holds(
                World.History.Tallies.GetValueOrDefault(kind) is { Answered: > 0 },
                $"Nobody was ever answered who asked for: {kind}.");
        }
    }
}
