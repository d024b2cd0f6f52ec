using System.Collections.Concurrent;
using System.Globalization;

namespace ActorShop.Testing.Customers;

/// <summary>The clients of a run, and what they share.</summary>
/// <param name="plan">How many there are, and how they behave.</param>
/// <param name="shop">The shop.</param>
/// <param name="goods">The SKUs on sale.</param>
/// <param name="receipts">Receives their receipts.</param>
/// <param name="clock">The clock.</param>
public sealed class Workload(WorkloadPlan plan, IShop shop, IReadOnlyList<Good> goods, Receipts receipts, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly long _began = clock.GetTimestamp();

    /// <summary>How clients behave.</summary>
    public WorkloadPlan Plan => plan;

    /// <summary>The shop.</summary>
    public IShop Shop => shop;

    /// <summary>The SKUs on sale.</summary>
    public IReadOnlyList<Good> Goods => goods;

    /// <summary>Receives the receipts.</summary>
    public Receipts Receipts => receipts;

    /// <summary>The clock.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The time since the start of the run.</summary>
    public TimeSpan Now => clock.GetElapsedTime(_began);

    /// <summary>Confirmed orders for the clerks.</summary>
    public ConcurrentQueue<BoughtOrder> Bought { get; } = new();

    /// <summary>The random numbers of a client: from 0 to below an end. A simulation puts its own here.</summary>
    public Func<string, Func<int, int>> Draws { get; init; } = name =>
    {
        var hash = name.Aggregate(plan.Seed, static (sum, letter) => unchecked((sum * 397) ^ letter));
        return new Random(hash).Next;
    };

    /// <summary>All clients.</summary>
    public IEnumerable<Client> Clients() =>
    [
        .. Enumerable.Range(0, plan.Customers).Select(number => new Shopper(this, Name("customer", number))),
        .. Enumerable.Range(0, plan.Clerks).Select(number => new Clerk(this, Name("clerk", number))),
    ];

    /// <summary>Sends a request until it is answered.</summary>
    /// <param name="call">The request.</param>
    /// <param name="givesUp">Called after each attempt without an answer; true ends the attempts.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answer; unknown if none arrived within the patience of the plan.</returns>
    public async Task<ShopReply> InsistAsync(ShopCall call, Func<bool> givesUp, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(givesUp);

        var (began, pause) = (Now, FirstPause);
        while (true)
        {
            var reply = await shop.SendAsync(call, cancellationToken);
            if (!reply.IsTransient)
            {
                return reply;
            }

            if (Now - began + pause > plan.Patience || givesUp())
            {
                receipts.Abandon();
                return ShopReply.Unknown;
            }

            await Task.Delay(pause, clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static string Name(string role, int number) => string.Create(CultureInfo.InvariantCulture, $"{role}-{number}");
}
