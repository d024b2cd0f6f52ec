using System.Globalization;

namespace ActorShop.Testing.Customers;

/// <summary>A client of the shop that repeats a request until it is answered, and keeps receipts.</summary>
/// <param name="workload">What all clients share.</param>
/// <param name="name">A name that no other client has; idempotency keys start with it.</param>
public abstract class Client(Workload workload, string name)
{
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly Func<int, int> _draw = workload.Draws(name);
    private int _keys;

    /// <summary>What all clients share.</summary>
    protected Workload Workload => workload;

    /// <summary>Works until told to stop; a round that has begun is finished.</summary>
    /// <param name="isOver">Whether to stop.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public async Task RunAsync(Func<bool> isOver, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isOver);

        while (!isOver() && !cancellationToken.IsCancellationRequested)
        {
            await RoundAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => name;

    /// <summary>Works for one round.</summary>
    protected abstract Task RoundAsync(CancellationToken cancellationToken);

    /// <summary>A new idempotency key.</summary>
    protected string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{name}-{++_keys}");

    /// <summary>A random number from 0 to below an end.</summary>
    protected int Draw(int end) => _draw(end);

    /// <summary>True in so many of a hundred cases.</summary>
    protected bool Flips(int percent) => _draw(100) < percent;

    /// <summary>A random SKU.</summary>
    protected Good AnyGood() => workload.Goods[_draw(workload.Goods.Count)];

    /// <summary>Waits for a random time up to a limit.</summary>
    protected Task PauseAsync(TimeSpan upTo, CancellationToken cancellationToken) => Task.Delay(upTo * (_draw(1_000) / 1_000.0), workload.Clock, cancellationToken);

    /// <summary>Sends a request until it is answered, and keeps a receipt if it has an effect.</summary>
    /// <returns>The answer; unknown if none arrived within the client's patience.</returns>
    protected async Task<ShopReply> SendAsync(ShopCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);

        var began = workload.Now;
        var reply = await workload.InsistAsync(call, () => Flips(workload.Plan.GiveUpPercent), cancellationToken);
        if (call.Key is not null || call.Kind is CallKind.CreateCart)
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
        else if (reply.IsFine && reply.Version < last)
        {
            workload.Receipts.Report($"{name} saw version {reply.Version} of {what} after version {last}");
        }

        _versions[what] = Math.Max(last, reply.Version);
    }
}
