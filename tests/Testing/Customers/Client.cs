using System.Globalization;

namespace ActorShop.Testing.Customers;

/// <summary>A client of the shop that repeats a request until it is answered, and keeps receipts.</summary>
/// <param name="name">A name that no other client has; idempotency keys start with it.</param>
public abstract class Client(Workload workload, string name)
{
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private int _keys;

    protected Workload Workload => workload;

    /// <summary>A random number from 0 to below an end.</summary>
    protected Func<int, int> Draw { get; } = workload.Draws(name);

    /// <summary>Works until told to stop; a round that has begun is finished.</summary>
    public async Task RunAsync(Func<bool> isOver, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isOver);

        while (!isOver() && !cancellationToken.IsCancellationRequested)
        {
            await RoundAsync(cancellationToken);
        }
    }

    public override string ToString() => name;

    protected abstract Task RoundAsync(CancellationToken cancellationToken);

    protected string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{name}-{++_keys}");

    /// <summary>True in so many of a hundred cases.</summary>
    protected bool Flips(int percent) => Draw(100) < percent;

    protected Good AnyGood() => workload.Goods[Draw(workload.Goods.Count)];

    protected Task PauseAsync(TimeSpan upTo, CancellationToken cancellationToken) => Task.Delay(upTo * (Draw(1_000) / 1_000.0), workload.Clock, cancellationToken);

    /// <summary>Sends a request until it is answered, and keeps a receipt if it has an effect.</summary>
    /// <returns>The answer; unknown if none arrived within the client's patience.</returns>
    protected async Task<ShopReply> SendAsync(ShopCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);

        var began = workload.Now;
        var reply = await workload.InsistAsync(call, () => call.Key is not null && workload.Plan.GiveUpPercent > 0 && Flips(workload.Plan.GiveUpPercent), cancellationToken);
        if (call.HasEffect || reply.State is "confirmed")
        {
            workload.Receipts.Add(new Receipt(call, reply, workload.Now, workload.Now - began));
        }

        return reply;
    }

    /// <summary>Compares a version with the last one that this client saw: it must never be lower.</summary>
    protected void Saw(string what, ShopReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);

        var last = _versions.GetValueOrDefault(what);
        if (reply.Status == 404)
        {
            workload.Receipts.Report($"{name} did not find {what} after it was acknowledged");
        }
        else if (reply.IsFine && reply.Version < last && !workload.MayReadStale())
        {
            workload.Receipts.Report($"{name} saw version {reply.Version} of {what} after version {last}");
        }

        _versions[what] = Math.Max(last, reply.Version);
    }

    /// <summary>Reads the stock of a SKU. It must be a possible one.</summary>
    protected async Task<ShopReply> ReadStockAsync(string sku, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(new ShopCall(CallKind.ReadStock) { Sku = sku }, cancellationToken);
        if (reply.Reserved < 0 || reply.Reserved > reply.OnHand + reply.BackorderLimit)
        {
            workload.Receipts.Report($"{sku} has {reply.OnHand} units on hand and {reply.Reserved} reserved");
        }

        return reply;
    }
}
