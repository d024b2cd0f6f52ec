using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <summary>Runs of the shop from the command line: thousands of seeds, or one seed again.</summary>
/// <remarks>
/// <code>
/// shop --seeds 10000              runs seeds from 1 on; prints progress, the seeds that fail, and how long it took
/// shop --seeds 500 --from 42      runs seeds from 42 on
/// shop --seeds 10000 --jobs 4     runs four seeds side by side (default: one per processor)
/// shop --seeds 10000 --stop       stops at the first seed that fails
/// shop --seeds 10000 --progress F keeps its progress in file F; an interrupted run continues from there
/// shop --seed 7                   runs one seed, and prints its plan and its figures
/// shop --seed 7 --shrink          leaves out what a failing seed can do without
/// shop --seed 7 --less event:3    runs a seed without what is named
/// shop --traces 1 2 3             prints one trace per line
/// --calm                          with any of these: no faults
/// </code>
/// </remarks>
internal static class ShopCommand
{
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        if (args is ["--traces", .. var seeds])
        {
            foreach (var seed in seeds)
            {
                await output.WriteLineAsync((await ShopRun.RunAsync(ShopPlan.Of(Number(seed)))).ToString());
            }

            return 0;
        }

        var isCalm = args.Contains("--calm", StringComparer.Ordinal);
        if (ValueOf(args, "--seed") is { } one)
        {
            var plan = (TextOf(args, "--less") ?? string.Empty)
                .Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate(PlanOf(one, isCalm), Reduction.Apply);
            var report = await ShopRun.RunAsync(plan);
            if (!report.IsGreen && args.Contains("--shrink", StringComparer.Ordinal))
            {
                report = await Shrinker.ShrinkAsync(report);
            }

            await output.WriteLineAsync(report.ToString());
            await DescribeAsync(report, output);
            return report.IsGreen ? 0 : 1;
        }

        var swarm = new ShopSwarm(output)
        {
            From = ValueOf(args, "--from") ?? 1,
            Count = ValueOf(args, "--seeds") ?? 100,
            Jobs = (int)(ValueOf(args, "--jobs") ?? (ulong)Environment.ProcessorCount),
            StopsAtFailure = args.Contains("--stop", StringComparer.Ordinal),
            ProgressFile = TextOf(args, "--progress"),
            PlanOf = seed => PlanOf(seed, isCalm),
        };
        return await swarm.RunAsync() ? 0 : 1;
    }

    private static async Task DescribeAsync(ShopReport report, TextWriter output)
    {
        await output.WriteLineAsync(report.Plan.ToString());
        foreach (var happens in report.Plan.Events)
        {
            await output.WriteLineAsync($"  {happens}");
        }

        if (report.World is { } world)
        {
            var expired = world.Store.Events.Count(static row => row.Type is "expired" && row.Stream.StartsWith(CartId.Prefix, StringComparison.Ordinal));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{world.Time.GetUtcNow():u}: {world.Store.Writes.Length} writes, {world.Store.Conflicts} conflicts, {world.Journal.Entries.Count} entries of the provider, {world.StoreFaults.Failed} and {world.ProviderFaults.Failed} messages lost, {expired} carts expired"));
            foreach (var kind in world.Observations.Take().GroupBy(static attempt => attempt.Kind).OrderBy(static group => group.Key))
            {
                await output.WriteLineAsync($"  {kind.Key}: {string.Join(", ", kind.GroupBy(static attempt => attempt.Status).OrderBy(static group => group.Key).Select(static group => $"{group.Key}: {group.Count()}"))}");
            }
        }
    }

    private static ShopPlan PlanOf(ulong seed, bool isCalm) => isCalm ? ShopPlan.Of(seed).WithoutFaults() : ShopPlan.Of(seed);

    private static ulong? ValueOf(string[] args, string name) => TextOf(args, name) is { } text ? Number(text) : null;

    private static string? TextOf(string[] args, string name) =>
        Array.IndexOf(args, name) is var index and >= 0 && index + 1 < args.Length ? args[index + 1] : null;

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
