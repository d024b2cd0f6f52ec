using System.Diagnostics;
using System.Reflection;
using ActorShop.Reporting;

namespace ActorShop.Api.Operators;

/// <summary>Health of this process and of the shop, in figures.</summary>
internal sealed partial class HealthDetails(IGrainFactory grains, TimeProvider clock, ILogger<HealthDetails> logger)
{
    private const string Projection = "reporting";

    // Enough to see that something piles up. Counting a long list to its end costs too much.
    public const int MostCounted = 1_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static readonly string Version = VersionOf(typeof(HealthDetails));

    // Orleans adds its commit: 10.4.2. Commit Hash: …
    private static readonly string Orleans = VersionOf(typeof(Grain)).Split(". ", 2)[0].Split('+', 2)[0];

    /// <summary>Collects the figures. A figure that does not come in time is absent.</summary>
    public Task<HealthDetailsResponse> ExamineAsync() =>
        ExamineAsync(AskAsync(static grains => grains.Queries().FindSagasAsync(step: null, after: null, MostCounted)));

    /// <summary>The same, for a caller that has asked for the open sagas.</summary>
    public async Task<HealthDetailsResponse> ExamineAsync(Task<Page<SagaEntry>?> sagas)
    {
        var lag = AskAsync(static async grains => (long?)await grains.Queries().GetLagAsync(Projection));
        var outbox = AskAsync(static grains => grains.Queries().GetOutboxAsync(after: null, MostCounted));
        var ledger = AskAsync(static async grains => SumsOf(await grains.Queries().GetBalancesAsync()));
        await Task.WhenAll(lag, sagas, outbox, ledger);

        var memory = GC.GetGCMemoryInfo();
        using var process = Process.GetCurrentProcess();
        return new HealthDetailsResponse(
            (await outbox) is null ? "unready" : "ready",
            Version, Orleans, Environment.Version.ToString(), Environment.MachineName, Environment.ProcessId,
            (long)(clock.GetUtcNow().UtcDateTime - process.StartTime.ToUniversalTime()).TotalSeconds,
            new MemoryResponse(
                process.WorkingSet64, GC.GetTotalMemory(forceFullCollection: false), memory.HeapSizeBytes, memory.TotalAvailableMemoryBytes,
                GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalPauseDuration().TotalMilliseconds),
            ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount, await lag, Count(await sagas), Count(await outbox), await ledger);
    }

    /// <summary>Asks the shop, and returns nothing if it does not answer in time: health that fails with the shop is of no use.</summary>
    public async Task<T?> AskAsync<T>(Func<IGrainFactory, Task<T>> question)
    {
        try
        {
            return await question(grains).WaitAsync(Timeout, clock);
        }
        catch (Exception fault)
        {
            LogNoAnswer(logger, fault.GetType().Name);
            return default;
        }
    }

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static CountResponse? Count<T>(Page<T>? page) => page is null ? null : new(page.Items.Length, page.Next is not null);

    private static Dictionary<string, Int128> SumsOf(IEnumerable<AccountBalance> balances) => balances
        .GroupBy(static account => account.Balance.Currency, StringComparer.Ordinal)
        .ToDictionary(
            static group => group.Key, static group => group.Aggregate(Int128.Zero, static (sum, account) => sum + account.Balance.Amount), StringComparer.Ordinal);

    [LoggerMessage(3201, LogLevel.Debug, "The shop did not answer an operator's question: {Fault}.")]
    private static partial void LogNoAnswer(ILogger logger, string fault);
}
