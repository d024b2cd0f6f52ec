using ActorShop.Carts;
using ActorShop.Inventory;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>What clients asked for and what they were told, as they would write it down themselves.</summary>
internal sealed class History
{
    /// <summary>Checkouts that somebody asked for, whatever became of them.</summary>
    public HashSet<(CartId Cart, RequestKey Request)> Attempts { get; } = [];

    /// <summary>Orders from elsewhere that somebody asked to take over.</summary>
    public HashSet<string> TakenOver { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers to checkouts.</summary>
    public List<(CartId Cart, RequestKey Request, CheckoutDetails Details, Answer Answer)> Checkouts { get; } = [];

    /// <summary>Answers to other requests under a key, and how to ask again.</summary>
    public List<(RequestKey Request, Answer Answer, Func<IGrainFactory, string, Task<Answer>> Execute)> Operations { get; } = [];

    /// <summary>Orders of which a client knows, with what it was told of their lines and totals.</summary>
    public Dictionary<OrderId, string> Orders { get; } = [];

    /// <summary>Orders as clients last saw them.</summary>
    public List<OrderView> Seen { get; } = [];

    /// <summary>Adjustments that were acknowledged.</summary>
    public List<(Sku Sku, string OperationId, int Delta, StockLevel Level)> Adjustments { get; } = [];

    /// <summary>What a SKU ever cost, with the moments from which on a cart may have seen it.</summary>
    public Dictionary<Sku, HashSet<long>> Prices { get; } = [];

    /// <summary>How often each kind of request was answered, and how often nobody knows what became of it.</summary>
    public SortedDictionary<string, Tally> Tallies { get; } = new(StringComparer.Ordinal);

    public void Count(string kind, bool isCalm, bool isAnswered)
    {
        if (!Tallies.TryGetValue(kind, out var tally))
        {
            Tallies[kind] = tally = new();
        }

        tally.Count(isCalm, isAnswered);
    }
}

/// <summary>Requests of one kind.</summary>
internal sealed class Tally
{
    public int Answered { get; private set; }

    public int Unknown { get; private set; }

    public int AnsweredInCalm { get; private set; }

    public int UnknownInCalm { get; private set; }

    public void Count(bool isCalm, bool isAnswered)
    {
        Answered += isAnswered ? 1 : 0;
        Unknown += isAnswered ? 0 : 1;
        AnsweredInCalm += isCalm && isAnswered ? 1 : 0;
        UnknownInCalm += isCalm && !isAnswered ? 1 : 0;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Answered} answered, {Unknown} unknown";
}
