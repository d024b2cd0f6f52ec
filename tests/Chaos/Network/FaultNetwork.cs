using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Network;

/// <summary>The network of a cluster on this machine, as something that can be broken: every process reaches silos and the database through links.</summary>
/// <remarks>
/// Each process has a link of its own to the database. A member listens where it always does, and tells the others another loopback address with the
/// same ports, where its links are: so what the others say to it can be broken, each member by itself. Linux answers on all of 127.0.0.0/8.
/// </remarks>
internal sealed class FaultNetwork(TimeProvider clock) : IAsyncDisposable
{
    // A corner of the loopback network where hardly anybody else listens.
    private const string Prefix = "127.77.0.";

    private readonly ConcurrentDictionary<string, MemberLinks> _links = new(StringComparer.Ordinal);
    private int _members;

    public MemberLinks Of(string member) => _links[member];

    /// <summary>Makes the links of a process that is about to be started for the first time.</summary>
    /// <returns>The way it has to go.</returns>
    public Detour Lay(ClusterState state, MemberProcess member)
    {
        var database = FaultProxy.Start(new IPEndPoint(IPAddress.Loopback, 0), DatabaseOf(state), clock);
        var advertised = Prefix + (10 + Interlocked.Increment(ref _members)).ToString(CultureInfo.InvariantCulture);
        var silo = Alias(advertised, member.Silo ?? member.Address);
        var gateway = member.Gateway is { } port ? Alias(advertised, port) : null;
        _links[member.Name] = new MemberLinks(database, silo, gateway);
        return new Detour(advertised, database.Address.ToString());
    }

    /// <summary>Holds back all bytes between a process and the other members, on connections that either side opened.</summary>
    public void Isolate(string member, int process)
    {
        Of(member).Silo.Set(LinkCondition.Silent);
        foreach (var (_, links) in _links.Where(links => !string.Equals(links.Key, member, StringComparison.Ordinal)))
        {
            links.Silo.Hold(process);
        }
    }

    public void Heal()
    {
        foreach (var link in _links.Values.SelectMany(static links => links.All))
        {
            link.Set(LinkCondition.Open);
            link.Hold(null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values.SelectMany(static links => links.All))
        {
            await link.DisposeAsync();
        }
    }

    private static IPEndPoint DatabaseOf(ClusterState state)
    {
        var database = new Npgsql.NpgsqlConnectionStringBuilder(state.Database.ConnectionString);
        return IPAddress.TryParse(database.Host, out var address)
            ? new IPEndPoint(address, database.Port)
            : new IPEndPoint(Dns.GetHostAddresses(database.Host!)[0], database.Port);
    }

    private FaultProxy Alias(string address, string listening)
    {
        var target = IPEndPoint.Parse(listening);
        return FaultProxy.Start(new IPEndPoint(IPAddress.Parse(address), target.Port), target, clock);
    }
}
