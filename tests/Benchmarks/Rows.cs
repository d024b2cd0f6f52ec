using System.Diagnostics;
using System.Globalization;

namespace ActorShop.Benchmarks;

/// <summary>The measured shapes. CPU is that of the whole process, which callers and grains share.</summary>
internal sealed class Rows(IGrainFactory grains, TimeSpan time, int passes)
{
    private long _nextKey = 1_000_000;

    public async Task RunAsync(string only)
    {
        Console.WriteLine("| what | calls/s | p50 | p99 | max | least/most of a caller | CPU per call | bytes per call |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        await RowAsync(only, "100 callers x 100 grains", () => CallersAsync(100, static caller => caller));
        await RowAsync(only, "100 callers on one grain", () => CallersAsync(100, static _ => 0));
        await RowAsync(only, "one caller", () => CallersAsync(1, static _ => 0));
        await RowAsync(only, "grain to grain, 128 in flight", RelayAsync);
        await RowAsync(only, "new activations, 16 callers", ActivateAsync);
        await RowAsync(only, "stream events, one by one", () => PublishAsync(1));
        await RowAsync(only, "stream events, batches of 100", () => PublishAsync(100));
        if ("bytes per idle activation".Contains(only, StringComparison.Ordinal))
        {
            var plain = await BytesAsync(key => grains.GetGrain<IBenchGrain>(key).NothingAsync());
            var withState = await BytesAsync(key => grains.GetGrain<IStateBenchGrain>(key).NothingAsync());
            Console.WriteLine($"bytes per idle activation: {plain:F0}, with an empty persistent state: {withState:F0}");
        }
    }

    /// <summary>The same calls from outside: callers, sockets and grains share the process, so CPU is that of both ends.</summary>
    public async Task RunFromOutsideAsync(string only)
    {
        await RowAsync(only, "external client over TCP, 100 callers", () => CallersAsync(100, static caller => caller));
        await RowAsync(only, "external client over TCP, one caller", () => CallersAsync(1, static _ => 0));
    }

    /// <summary>Calls from a grain of this silo to one of another: both silos share the process.</summary>
    public async Task RunAcrossAsync(string only, IGrainFactory others)
    {
        const long Here = 1;
        const long There = 2;
        await grains.GetGrain<IHomeBenchGrain>(Here).NothingAsync();
        await others.GetGrain<IHomeBenchGrain>(There).NothingAsync();
        await RowAsync(only, "across two silos, 128 in flight", () => MeasureAsync(1, async (_, sample) =>
        {
            var count = 0L;
            while (!sample.IsOver)
            {
                count += await grains.GetGrain<IHomeBenchGrain>(Here).RelayAsync(There, 1_280, 128);
            }

            return count;
        }));

        const int Callers = 100;
        for (var caller = 0; caller < Callers; caller++)
        {
            await others.GetGrain<IHomeBenchGrain>(There + caller).NothingAsync();
        }

        await RowAsync(only, "hosted client across two silos, 100 callers", () => MeasureAsync(
            Callers, (caller, sample) => LoopAsync(grains.GetGrain<IHomeBenchGrain>(There + caller).NothingAsync, sample)));
    }

    private async Task RowAsync(string only, string name, Func<Task<Pass>> run)
    {
        if (!name.Contains(only, StringComparison.Ordinal))
        {
            return;
        }

        await run();
        var results = new List<Pass>();
        for (var pass = 0; pass < passes; pass++)
        {
            results.Add(await run());
        }

        var median = results.OrderBy(static pass => pass.Rate).ElementAt(results.Count / 2);
        var cpu = results.Select(static pass => pass.Cpu).Order().ElementAt(results.Count / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {median.Rate:N0} | {median.P50:F1} us | {median.P99:F1} us | {median.Max / 1000:F1} ms | {median.Least:N0}/{median.Most:N0} | {cpu:F2} us | {median.Bytes:F0} |"));
    }

    private Task<Pass> CallersAsync(int callers, Func<int, long> targetOf) => MeasureAsync(callers, (caller, sample) =>
    {
        var grain = grains.GetGrain<IBenchGrain>(targetOf(caller));
        return LoopAsync(grain.NothingAsync, sample);
    });

    private Task<Pass> ActivateAsync() => MeasureAsync(16, (_, sample) => LoopAsync(
        () => grains.GetGrain<IBenchGrain>(Interlocked.Increment(ref _nextKey)).NothingAsync(), sample));

    private Task<Pass> RelayAsync() => MeasureAsync(1, async (_, sample) =>
    {
        var count = 0L;
        var grain = grains.GetGrain<IBenchGrain>(77_000);
        while (!sample.IsOver)
        {
            count += await grain.RelayAsync(77_001, 12_800, 128);
        }

        return count;
    });

    // From one publisher to the grain that is subscribed: over when the last event has arrived.
    private Task<Pass> PublishAsync(int batch) => MeasureAsync(1, async (_, sample) =>
    {
        var stream = ((IClusterClient)grains).GetStreamProvider(EventBenchGrain.Events).GetStream<int>(StreamId.Create(EventBenchGrain.Events, "one"));
        const int Ahead = 8_000;
        var items = Enumerable.Range(0, batch).ToArray();
        var before = EventBenchGrain.Received;
        var sent = 0L;
        while (!sample.IsOver)
        {
            await (batch == 1 ? stream.OnNextAsync(1) : stream.OnNextBatchAsync(items));
            sent += batch;
            if (before + sent - EventBenchGrain.Received >= Ahead)
            {
                // Queues in memory are bounded, and what is full refuses.
                await EventBenchGrain.ReachAsync(before + sent - (Ahead / 2));
            }
        }

        await EventBenchGrain.ReachAsync(before + sent);
        return sent;
    });

    private static async Task<long> LoopAsync(Func<Task> call, Sample sample)
    {
        var count = 0L;
        while (!sample.IsOver)
        {
            if ((count & 15) == 0)
            {
                var started = Stopwatch.GetTimestamp();
                await call();
                sample.Add(Stopwatch.GetElapsedTime(started));
            }
            else
            {
                await call();
            }

            count++;
        }

        return count;
    }

    private async Task<Pass> MeasureAsync(int callers, Func<int, Sample, Task<long>> run)
    {
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var samples = Enumerable.Range(0, callers).Select(_ => new Sample(time)).ToArray();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(samples.Select((sample, caller) => Task.Run(() => run(caller, sample))));
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var used = process.TotalProcessorTime - cpu;
        var total = counts.Sum();
        var latencies = samples.SelectMany(static sample => sample.Latencies).Order().ToArray();
        double At(double part) => latencies.Length == 0 ? 0 : latencies[(int)((latencies.Length - 1) * part)].TotalMicroseconds;
        return new Pass(
            total / elapsed.TotalSeconds, At(0.5), At(0.99), At(1), counts.Min(), counts.Max(),
            used.TotalMicroseconds / total, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)total);
    }

    private async Task<double> BytesAsync(Func<long, Task> wake)
    {
        const int Count = 200_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var n = 0; n < Count; n++)
        {
            await wake(Interlocked.Increment(ref _nextKey));
        }

        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;
    }

    private sealed record Pass(
        double Rate, double P50, double P99, double Max, long Least, long Most, double Cpu, double Bytes);

    private sealed class Sample(TimeSpan time)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private int _looks;
        private bool _over;

        public List<TimeSpan> Latencies { get; } = new(200_000);

        // The clock is read now and then, so that it does not count as part of the call.
        public bool IsOver => _over || ((++_looks & 63) == 0 && (_over = Stopwatch.GetElapsedTime(_started) > time));

        public void Add(TimeSpan latency) => Latencies.Add(latency);
    }
}
