using System.Diagnostics;
using System.Reflection;
using ActorShop.Api.Hosting;
using ActorShop.Reporting;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Operators;

/// <summary>What operators are told about this process and the shop behind it.</summary>
internal sealed partial class ShopHealth(
    IGrainFactory grains, IEnumerable<IHealthCheckParticipant> parts, IHostApplicationLifetime lifetime, IOptions<ApiOptions> options, TimeProvider clock,
    ILogger<ShopHealth> logger)
{
    private const string Projection = "reporting";

    // Enough to see whether something piles up; counting all of a long list is no question for a status page.
    private const int MostCounted = 1_000;

    // What was once over stays over.
    private volatile bool _hasStarted;

    /// <summary>The version of this build.</summary>
    public static string Version { get; } =
        typeof(ShopHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The version of Microsoft Orleans.</summary>
    public static string Orleans { get; } = typeof(Grain).Assembly.GetName() is { } name
        ? $"{name.Version}"
        : "unknown";

    /// <summary>Why requests should not come here; null where they should: the host runs, the engine's parts work, the shop's first start is over,
    /// and the shop answers.</summary>
    public async Task<string?> WhyUnreadyAsync()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested || !lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return "The process is starting or stopping.";
        }

        // The engine knows of itself when it cannot reach the cluster, or may not answer: then nobody need be asked.
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var part in parts)
        {
            if (!part.CheckHealth(now, out var reason))
            {
                return reason;
            }
        }

        if (!_hasStarted && options.Value.AwaitsFirstStart && !(_hasStarted = await AskAsync(static grains => grains.FirstStart().GetOwnerAsync()) is not null))
        {
            return "The first start has not finished.";
        }

        return await AskAsync(static grains => grains.Queries().GetOutboxAsync(after: null, limit: 1)) is null ? "The grains do not answer." : null;
    }

    /// <summary>Whether the host has started: what it waits for at its start is there.</summary>
    public bool HasStarted => lifetime.ApplicationStarted.IsCancellationRequested;

    /// <summary>Everything there is to tell.</summary>
    public async Task<HealthDetailsResponse> ExamineAsync()
    {
        var lag = AskAsync(static async grains => (long?)await grains.Queries().GetLagAsync(Projection));
        var sagas = AskAsync(static grains => grains.Queries().FindSagasAsync(step: null, after: null, MostCounted));
        var outbox = AskAsync(static grains => grains.Queries().GetOutboxAsync(after: null, MostCounted));
        var balances = AskAsync(static async grains => (Balances?)new Balances(await grains.Queries().GetBalancesAsync()));
        await Task.WhenAll(lag, sagas, outbox, balances);

        var memory = GC.GetGCMemoryInfo();
        using var process = Process.GetCurrentProcess();
        return new HealthDetailsResponse(
            (await outbox) is null ? "unready" : "ready",
            Version, Orleans, Environment.Version.ToString(), Environment.MachineName, Environment.ProcessId,
            (long)(clock.GetUtcNow().UtcDateTime - process.StartTime.ToUniversalTime()).TotalSeconds,
            new MemoryResponse(
                process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false), memory.HeapSizeBytes, memory.TotalAvailableMemoryBytes,
                GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration().TotalMilliseconds),
            ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount, await lag, Count(await sagas), Count(await outbox),
            (await balances)?.Sums);
    }

    private static CountResponse? Count<T>(Page<T>? page) => page is null ? null : new(page.Items.Length, page.Next is not null);

    // Not knowing is an answer here: a status page that fails with the shop is of no use.
    private async Task<T?> AskAsync<T>(Func<IGrainFactory, Task<T>> question)
    {
        try
        {
            return await question(grains).WaitAsync(options.Value.ReadinessBudget, clock);
        }
        catch (Exception fault)
        {
            LogNoAnswer(logger, fault.GetType().Name);
            return default;
        }
    }

    [LoggerMessage(3201, LogLevel.Debug, "The shop did not answer an operator's question: {Fault}.")]
    private static partial void LogNoAnswer(ILogger logger, string fault);

    private sealed record Balances(System.Collections.Immutable.ImmutableArray<ActorShop.Reporting.AccountBalance> All)
    {
        /// <summary>The sum over all accounts by currency: zero each, or the account book is wrong.</summary>
        public IReadOnlyDictionary<string, long> Sums => All
            .GroupBy(static account => account.Balance.Currency, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Sum(static account => account.Balance.Amount), StringComparer.Ordinal);
    }
}

/// <summary>The health of the process.</summary>
/// <param name="Status"><c>live</c>, <c>started</c>, <c>ready</c> or <c>unready</c>.</param>
public sealed record HealthResponse(string Status);

/// <summary>A number that is counted up to a limit.</summary>
/// <param name="Count">How many.</param>
/// <param name="OrMore">Whether there are more.</param>
public sealed record CountResponse(int Count, bool OrMore);

/// <summary>Memory of the process.</summary>
/// <param name="WorkingSetBytes">As the operating system sees it.</param>
/// <param name="ManagedBytes">What is allocated.</param>
/// <param name="HeapBytes">The heap at the last collection.</param>
/// <param name="AvailableBytes">What the collector may use.</param>
/// <param name="Collections0">Collections of generation 0.</param>
/// <param name="Collections1">Collections of generation 1.</param>
/// <param name="Collections2">Collections of generation 2.</param>
/// <param name="PausedMilliseconds">How long they paused the process, in all.</param>
public sealed record MemoryResponse(
    long WorkingSetBytes, long ManagedBytes, long HeapBytes, long AvailableBytes, int Collections0, int Collections1, int Collections2,
    double PausedMilliseconds);

/// <summary>Health in detail.</summary>
/// <param name="Status"><c>ready</c> or <c>unready</c>.</param>
/// <param name="Version">Of this build.</param>
/// <param name="Orleans">The version of Microsoft Orleans.</param>
/// <param name="Framework">The version of .NET.</param>
/// <param name="Machine">Its name.</param>
/// <param name="Process">Its id.</param>
/// <param name="UptimeSeconds">Since the start.</param>
/// <param name="Memory">Memory of the process.</param>
/// <param name="Threads">Threads of the pool.</param>
/// <param name="QueuedWork">Work that waits for one.</param>
/// <param name="ProjectionLagEvents">Events the read model is behind; absent if nobody knows.</param>
/// <param name="OpenSagas">Sagas that have not ended; absent if nobody knows.</param>
/// <param name="Outbox">Messages not delivered; absent if nobody knows.</param>
/// <param name="LedgerSums">The sum of all accounts by currency: zero each; absent if nobody knows.</param>
public sealed record HealthDetailsResponse(
    string Status, string Version, string Orleans, string Framework, string Machine, int Process, long UptimeSeconds, MemoryResponse Memory,
    int Threads, long QueuedWork, long? ProjectionLagEvents, CountResponse? OpenSagas, CountResponse? Outbox,
    IReadOnlyDictionary<string, long>? LedgerSums);
