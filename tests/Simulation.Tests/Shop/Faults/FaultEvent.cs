using System.Collections.Immutable;

namespace ActorShop.Simulation.Shop;

/// <summary>Something that happens to a machine.</summary>
/// <param name="Number">Which one of its plan, from 0.</param>
/// <param name="At">When, counted from the beginning of the trouble.</param>
/// <param name="Kind">What.</param>
/// <param name="Machine">To which.</param>
/// <param name="For">How long it lasts.</param>
internal sealed record FaultEvent(int Number, TimeSpan At, FaultKind Kind, int Machine, TimeSpan For)
{
    /// <summary>What happens in a run: nothing, or several of the kinds that its seed picked.</summary>
    public static ImmutableArray<FaultEvent> Draw(Func<int, int> draw, ShopPlan plan)
    {
        FaultKind[] kinds = [.. Enum.GetValues<FaultKind>().Where(_ => draw(2) == 0)];
        var count = kinds.Length == 0 ? 0 : draw(8);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(number => new FaultEvent(
                    number,
                    plan.Trouble * draw(1_000) / 1_000,
                    kinds[draw(kinds.Length)],
                    draw(plan.Machines),
                    TimeSpan.FromMilliseconds(50 + draw(1 << (5 + draw(10))))))
                .OrderBy(static happens => happens.At),
        ];
    }
}

/// <summary>What can happen to a machine.</summary>
internal enum FaultKind
{
    /// <summary>Its process dies and is started again after a while.</summary>
    Crash,

    /// <summary>Its process dies at the moment at which a write of it lands, before it hears of that.</summary>
    CrashAtWrite,

    /// <summary>Its process stands still and then goes on.</summary>
    Pause,

    /// <summary>Neither the store nor the provider can be reached.</summary>
    Outage,
}
