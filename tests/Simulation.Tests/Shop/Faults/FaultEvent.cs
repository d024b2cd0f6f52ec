using System.Collections.Immutable;

namespace ActorShop.Simulation.Shop;

/// <param name="At">When, counted from the beginning of the trouble.</param>
/// <param name="Machine">To which; where it takes two, the other is the next one.</param>
internal sealed record FaultEvent(int Number, TimeSpan At, FaultKind Kind, int Machine, TimeSpan For)
{
    /// <summary>What happens in a run: nothing, or several of the kinds that its seed picked.</summary>
    public static ImmutableArray<FaultEvent> Draw(Func<int, int> draw, ShopPlan plan)
    {
        var possible = Enum.GetValues<FaultKind>().Where(kind => plan.Machines > 1 || kind < FaultKind.Leave).ToArray();
        FaultKind[] kinds = [.. possible.Where(_ => draw(2) == 0)];
        var count = kinds.Length == 0 ? 0 : draw(8);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(number => new FaultEvent(
                    number,
                    plan.Trouble * draw(1_000) / 1_000,
                    kinds[draw(kinds.Length)],
                    draw(plan.Machines),
                    TimeSpan.FromMilliseconds(50 + draw(1 << (5 + draw(10))))).Lasting(TimeSpan.FromSeconds(draw(15))))
                .OrderBy(static happens => happens.At),
        ];
    }

    // Long enough for silos to be declared dead, or to leave.
    private FaultEvent Lasting(TimeSpan more) => Kind is FaultKind.TableDown or FaultKind.Isolate ? this with { For = For + more } : this;
}

internal enum FaultKind
{
    /// <summary>Its process dies and is started again after a while.</summary>
    Crash,

    /// <summary>Its process dies at the moment at which a write of it lands, before it hears of that.</summary>
    CrashAtWrite,
    Pause,

    /// <summary>Neither the store nor the provider can be reached, by anybody.</summary>
    Outage,

    /// <summary>Its process ends in order and is started again. This and what follows takes several machines.</summary>
    Leave,

    /// <summary>It alone can reach neither the store nor the provider nor the table of members.</summary>
    CutOff,
    TableDown,

    /// <summary>It and another one hear nothing of each other.</summary>
    Part,

    /// <summary>Another one hears nothing of it, and it hears that one.</summary>
    OneWay,

    /// <summary>Its connection with another one breaks.</summary>
    Reset,

    /// <summary>It reaches neither the store nor the provider nor the table of members nor another machine; clients reach it.</summary>
    Isolate,
}
