using System.Text.Json;
using ActorShop.PaymentSimulator.Journal;

namespace ActorShop.Simulation.Shop;

/// <summary>Watches one claim about the shop from outside: commits, the provider's journal, and what is left at the end.</summary>
/// <remarks>One for a run. It only looks; what it sees wrong it adds to the violations under its own name.</remarks>
internal abstract class Checker(World world)
{
    protected World World => world;

    /// <summary>A write was committed: called within its transaction.</summary>
    public virtual void OnWrite(CommittedWrite write)
    {
    }

    /// <summary>The provider did something.</summary>
    public virtual void OnEntry(JournalEntry entry)
    {
    }

    /// <summary>The shop has come to rest.</summary>
    public virtual void AtTheEnd(FinalState end)
    {
    }

    protected static TEvent Parse<TEvent>(EventRow row) => JsonSerializer.Deserialize<TEvent>(row.Data, ShopJson.Options)!;

    protected void Violated(string what) => world.Violations.Add(GetType().Name, what);

    protected void Holds(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            Violated(otherwise);
        }
    }
}
