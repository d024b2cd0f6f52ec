using System.Collections.Concurrent;
using System.Net;
using ActorShop.Carts;
using ActorShop.Chaos.Clusters;
using ActorShop.Chaos.Network;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos.Failover;

/// <summary>Cuts a silo off, changes its carts through the others, and measures how long it answers with the old carts.</summary>
/// <remarks>
/// The reader is an external client whose only gateway is the silo that is cut off. An answer is stale if its request was sent after the change
/// was acknowledged and the answer has the version before it. The staleness of a cart is the time from the acknowledgement to its last stale answer.
/// </remarks>
internal sealed class StaleReads(LocalCluster cluster, FaultNetwork network, IShop shop, string sku, Observations observations, TimeProvider clock)
{
    private const int Carts = 12;

    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a trial on a silo.</summary>
    public async Task<FailoverTrial> TryAsync(FailoverKind kind, int number, string silo, CancellationToken cancellationToken)
    {
        var member = cluster.State.Member(silo);
        await using var client = await OrleansClient.ConnectAsync(IPEndPoint.Parse(member.Gateway!), cluster.State.ClusterId, cluster.State.ServiceId);
        var carts = await CartsOfAsync(client, member, cancellationToken);
        var (reads, refused) = (new ConcurrentQueue<Read>(), 0);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = carts.Select(cart => Task.Run(
            async () =>
            {
                while (!ended.IsCancellationRequested)
                {
                    var began = observations.Now;
                    try
                    {
                        var view = await client.Grains.Cart(cart).GetAsync().WaitAsync(ended.Token);
                        reads.Enqueue(new(cart, began, observations.Now, view!.Version));
                    }
                    catch (Exception) when (!ended.IsCancellationRequested)
                    {
                        Interlocked.Increment(ref refused);
                        await Task.Delay(TimeSpan.FromMilliseconds(20), clock, CancellationToken.None);
                    }
                    catch (OperationCanceledException)
                    {
                        return;
                    }
                }
            },
            CancellationToken.None)).ToArray();
        await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancellationToken);

        var fault = observations.Now;
        Cut(kind, member);
        var written = await Task.WhenAll(carts.Select(cart => WriteAsync(cart, cancellationToken)));
        await Task.Delay(After, clock, cancellationToken);
        await ended.CancelAsync();
        await Task.WhenAll(readers);
        network.Heal();

        var acknowledged = carts.Zip(written).ToDictionary(static pair => pair.First, static pair => pair.Second);
        var stale = reads.Where(read => read.Began > acknowledged[read.Cart].At && read.Version < acknowledged[read.Cart].Version).ToArray();
        var worst = carts.Select(cart => stale.Where(read => read.Cart == cart).Select(read => (read.Ended - acknowledged[cart].At).TotalSeconds).DefaultIfEmpty(0).Max());
        return new FailoverTrial(kind, number, silo)
        {
            Recoveries = [.. worst.Select(static seconds => Math.Round(seconds, 3)).Order()],
            Stale = stale.Length,
            Refused = refused,
            Lasted = (written.Max(static write => write.At) - fault).TotalSeconds,
        };
    }

    private void Cut(FailoverKind kind, MemberProcess member)
    {
        if (kind is FailoverKind.Deaf or FailoverKind.Isolated)
        {
            network.Isolate(member.Name, member.Process.Id);
        }

        if (kind is FailoverKind.NoDatabase or FailoverKind.Isolated)
        {
            var database = network.Of(member.Name).Database;
            database.Set(LinkCondition.Refusing);
            database.Cut();
        }
    }

    // Carts of which the silo has the activation.
    private async Task<IReadOnlyList<CartId>> CartsOfAsync(OrleansClient client, MemberProcess member, CancellationToken cancellationToken)
    {
        var carts = new List<CartId>();
        var management = client.Grains.GetGrain<IManagementGrain>(0);
        while (carts.Count < Carts)
        {
            var made = await InsistAsync(new ShopCall(CallKind.CreateCart), cancellationToken);
            var id = new CartId(made.Id!);
            if (await management.GetActivationAddress(client.Grains.Cart(id), cancellationToken) is { } address && address.Endpoint.Port == IPEndPoint.Parse(member.Address).Port)
            {
                carts.Add(id);
            }
        }

        return carts;
    }

    private async Task<(TimeSpan At, long Version)> WriteAsync(CartId cart, CancellationToken cancellationToken)
    {
        var reply = await InsistAsync(ShopCall.SetLine(cart.Value, sku, 1), cancellationToken);
        return (observations.Now, reply.Version);
    }

    private async Task<ShopReply> InsistAsync(ShopCall call, CancellationToken cancellationToken)
    {
        var limit = observations.Now + WriteLimit;
        while (true)
        {
            var reply = await shop.SendAsync(call, cancellationToken);
            if (reply.IsFine)
            {
                return reply;
            }

            if (observations.Now > limit)
            {
                throw new ToolException(ExitCode.Unreachable, $"no success within {WriteLimit.TotalSeconds:N0} s: {reply}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }
    }

    private readonly record struct Read(CartId Cart, TimeSpan Began, TimeSpan Ended, long Version);
}
