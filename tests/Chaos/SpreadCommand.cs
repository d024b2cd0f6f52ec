using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text;
using ActorShop.Chaos.Clusters;
using ActorShop.Chaos.Traffic;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos;

/// <summary><c>spread</c>: how evenly grains are placed on silos.</summary>
internal sealed class SpreadCommand(ToolContext context)
{
    private const int AtOnce = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Option<int> Carts = new("--carts") { Description = "How many carts are created each time.", DefaultValueFactory = static _ => 6000 };

    private readonly StringBuilder _table = new("| | carts per silo | max / mean |\n| --- | --- | ---: |\n");

    public static Command Create(ToolContext context)
    {
        var command = new Command("spread", "Starts three silos and two APIs, and counts on which silo each cart is. " + ExitCode.Description) { Carts };
        command.SetAction((parsed, cancellationToken) => new SpreadCommand(context).RunAsync(parsed.GetValue(Carts), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(int count, CancellationToken cancellationToken)
    {
        using var folder = ChaosFolder.Take(null);
        var programs = await HostPrograms.FindOrBuildAsync(null, context.Error.WriteLine, cancellationToken);
        using var cluster = await LocalCluster.StartAsync(folder.Path, new ClusterPlan(3, 2, programs), context.Clock, context.Error.WriteLine, cancellationToken);
        try
        {
            var apis = cluster.State.Members.Where(static member => member.Role is MemberRole.Api).Select(static member => new Uri($"http://{member.Address}")).ToArray();
            using var http = new HttpMessageInvoker(new ApiRing(apis, new Observations(context.Clock), Patience, context.Clock));
            var shop = new HttpShop(http, apis[0], MemberPlan.Key);
            var gateway = IPEndPoint.Parse(cluster.State.Member("silo-1").Gateway!);
            await using var client = await OrleansClient.ConnectAsync(gateway, cluster.State.ClusterId, cluster.State.ServiceId);

            var carts = new string[count];
            await EachAsync(count, async index => carts[index] = (await SendAsync(shop, new ShopCall(CallKind.CreateCart), cancellationToken)).Id!, cancellationToken);
            Add("new carts on three silos", await CountAsync(client));

            await cluster.StopAsync("silo-3", Patience, cancellationToken);
            await EachAsync(count, index => SendAsync(shop, new ShopCall(CallKind.ReadCart) { Cart = carts[index] }, cancellationToken), cancellationToken);
            var two = await CountAsync(client);
            Add("all carts, read after silo-3 has left", two);

            await cluster.RestartAsync("silo-3", cancellationToken);
            await cluster.WaitUntilReadyAsync("silo-3", Patience, cancellationToken);
            await EachAsync(count, _ => SendAsync(shop, new ShopCall(CallKind.CreateCart), cancellationToken), cancellationToken);
            var three = await CountAsync(client);
            Add("as many new carts after silo-3 has come back", three.ToDictionary(static silo => silo.Key, silo => silo.Value - two.GetValueOrDefault(silo.Key), StringComparer.Ordinal));
            Add("all carts then", three);
        }
        finally
        {
            await cluster.StopAllAsync(Patience, CancellationToken.None);
        }

        folder.MayGo();
        await context.Output.WriteAsync(_table.ToString());
        return ExitCode.Fine;
    }

    private static Task EachAsync(int count, Func<int, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
        async (index, _) => await act(index));

    private static async Task<ShopReply> SendAsync(HttpShop shop, ShopCall call, CancellationToken cancellationToken)
    {
        var reply = await shop.SendAsync(call, cancellationToken);
        return reply.IsFine ? reply : throw new ToolException(ExitCode.Differences, $"{call.Kind} failed: {reply}");
    }

    private static async Task<Dictionary<string, int>> CountAsync(OrleansClient client) =>
        (await client.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
            .Where(static row => row.GrainType.Contains("CartGrain", StringComparison.Ordinal))
            .GroupBy(static row => row.SiloAddress.Endpoint.ToString(), StringComparer.Ordinal)
            .ToDictionary(static silo => silo.Key, static silo => silo.Sum(static row => row.ActivationCount), StringComparer.Ordinal);

    private void Add(string what, Dictionary<string, int> counts) => _table.AppendLine(
        CultureInfo.InvariantCulture,
        $"| {what} | {string.Join(" / ", counts.OrderBy(static silo => silo.Key, StringComparer.Ordinal).Select(static silo => silo.Value))} | {counts.Values.Max() / counts.Values.Average():N3} |");
}
