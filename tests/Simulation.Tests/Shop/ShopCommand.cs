using System.Diagnostics;
using System.Globalization;

namespace ActorShop.Simulation.Shop;

/// <summary>Runs of the shop from the command line: one seed again, or thousands of them.</summary>
/// <remarks>
/// <code>
/// shop --seed 7              runs one seed and says what came of it
/// shop --seeds 10000         runs seeds from 1 on, prints those that fail, and how long it took
/// shop --seeds 500 --from 42 runs seeds from 42 on
/// shop --traces 1 2 3        prints a trace a line
/// --calm                     without any fault
/// --less event:3,rounds:1    without what is named
/// --shrink                   leaves out whatever a failing seed can do without
/// --stop                     stops at the first seed that fails
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
                var traced = await ShopRun.RunAsync(ShopPlan.Of(Number(seed)));
                await output.WriteLineAsync(traced.ToString());
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

        return await RunManyAsync(
            ValueOf(args, "--from") ?? 1, ValueOf(args, "--seeds") ?? 100, isCalm, args.Contains("--stop", StringComparer.Ordinal), output);
    }

    private static async Task<int> RunManyAsync(ulong from, ulong count, bool isCalm, bool stops, TextWriter output)
    {
        var watch = Stopwatch.StartNew();
        var (failed, steps, last) = (0, 0L, TimeSpan.Zero);
        for (var seed = from; seed < from + count; seed++)
        {
            var report = await ShopRun.RunAsync(PlanOf(seed, isCalm));
            steps += report.Trace?.Steps ?? 0;
            if (!report.IsGreen)
            {
                failed++;
                await output.WriteLineAsync(report.ToString());
                if (stops)
                {
                    break;
                }
            }

            if (watch.Elapsed - last > TimeSpan.FromSeconds(10))
            {
                last = watch.Elapsed;
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{seed - from + 1} of {count} seeds, {failed} failed, {steps} steps, {last:c}"));
            }
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{count} seeds from {from}: {failed} failed, {steps} steps, {watch.Elapsed:c}"));
        return failed == 0 ? 0 : 1;
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
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{world.Time.GetUtcNow():u}: {world.Tables.Writes} writes, {world.Tables.Conflicts} conflicts, {world.Journal.Entries.Count} entries of the provider, {world.StoreFaults.Failed} and {world.ProviderFaults.Failed} messages lost"));
            foreach (var (kind, tally) in world.History.Tallies)
            {
                await output.WriteLineAsync($"  {kind}: {tally}");
            }
        }
    }

    private static ShopPlan PlanOf(ulong seed, bool isCalm) => isCalm ? ShopPlan.Of(seed).WithoutFaults() : ShopPlan.Of(seed);

    private static ulong? ValueOf(string[] args, string name) => TextOf(args, name) is { } text ? Number(text) : null;

    private static string? TextOf(string[] args, string name) =>
        Array.IndexOf(args, name) is var index and >= 0 && index + 1 < args.Length ? args[index + 1] : null;

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
