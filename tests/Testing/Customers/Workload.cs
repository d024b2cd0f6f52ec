using System.Collections.Concurrent;
using System.Globalization;

namespace ActorShop.Testing.Customers;

/// <summary>The clients of a run, and what they share.</summary>
public sealed class Workload(WorkloadPlan plan, IShop shop, Receipts receipts, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly long _began = clock.GetTimestamp();

    public WorkloadPlan Plan => plan;

    public IShop Shop => shop;

    public Receipts Receipts => receipts;

    public TimeProvider Clock => clock;

    public IReadOnlyList<Good> Goods { get; } = [.. Enumerable.Range(1, plan.Goods).Select(Good.Of)];

    public TimeSpan Now => clock.GetElapsedTime(_began);

    public ConcurrentQueue<BoughtOrder> Bought { get; } = new();

    /// <summary>Whether a silo that was declared dead while it lived may still answer, from what its successors have changed.</summary>
    public Func<bool> MayReadStale { get; init; } = static () => false;

    /// <summary>The random numbers of a client: from 0 to below an end. A simulation puts its own here.</summary>
    public Func<string, Func<int, int>> Draws { get; init; } = name =>
    {
        var hash = name.Aggregate(plan.Seed, static (sum, letter) => unchecked((sum * 397) ^ letter));
        return new Random(hash).Next;
    };

    public IReadOnlyList<Client> Clients() =>
    [
        .. Enumerable.Range(0, plan.Customers).Select(number => new Shopper(this, Name("customer", number))),
        .. Enumerable.Range(0, plan.Clerks).Select(number => new Clerk(this, Name("clerk", number))),
        .. Enumerable.Range(0, plan.Watchers).Select(number => new Watcher(this, Name("watcher", number))),
        .. plan.Clerks == 0 ? [] : (Client[])[new Merchant(this)],
    ];

    /// <summary>Sends a request until it is answered.</summary>
    /// <param name="givesUp">Called after each attempt without an answer; true ends the attempts.</param>
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

            var isOver = Now - began + pause > plan.Patience;
            if (isOver || givesUp())
            {
                receipts.Abandon();
                if (isOver)
                {
                    receipts.Report($"no answer to {call.Kind} {call.Key} within {plan.Patience}: {reply}");
                }

                return ShopReply.Unknown;
            }

            await Task.Delay(pause, clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static string Name(string role, int number) => string.Create(CultureInfo.InvariantCulture, $"{role}-{number}");
}
