using ActorShop.Chaos.Faults;
using ActorShop.Cluster;
using ActorShop.Testing.Customers;

namespace ActorShop.Chaos;

/// <summary>
/// Goal: a cluster of processes that is killed, paused, stopped, cut off and left without its database while it sells keeps what it acknowledged.
/// Method: the tool's own run, with each kind of fault once; customers' receipts against the books of the shop and of its provider.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class ChaosRunTests
{
    [PostgresFact]
    public async Task Cluster_BrokenInEveryWayWhileItSells_KeepsWhatItAcknowledged()
    {
        using var folder = ChaosFolder.Take(path: null);
        using var context = new ToolContext(TextWriter.Null, TextWriter.Null, Stream.Null, Terminal: null, TimeProvider.System);
        var plan = new ChaosPlan(
            Seed: 5, Silos: 3, Apis: 2, Duration: TimeSpan.Zero, [.. Enum.GetValues<FaultKind>()],
            new WorkloadPlan(Seed: 5, Customers: 6, Clerks: 2, Goods: 16, Think: TimeSpan.FromMilliseconds(200)), HostPrograms.Find(folder: null))
        {
            MostFaults = 5,
            Stretch = 0.3,
            Calm = TimeSpan.FromSeconds(2),
            Repetitions = 100,
        };

        var report = await new ChaosRun(plan, folder.Path, context).RunAsync(CancellationToken.None);

        report.Faults.Select(static fault => fault.Fault.Kind).Order().ShouldBe(Enum.GetValues<FaultKind>());
        report.Receipts.Orders.ShouldBeGreaterThan(0);
        report.Holds.ShouldBeTrue(report.ToMarkdown());
        folder.MayGo();
    }
}
