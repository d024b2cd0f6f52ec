using System.Globalization;
using ActorShop.Inventory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Accounting;

/// <summary>Stores one entry, then returns its units to stock: at the first call, or when it is resumed.</summary>
[Reentrant, GrainType("entry")]
internal sealed partial class LedgerEntryGrain(
    [PersistentState("entry")] IPersistentState<EntityRecord<BookEntry, LedgerEntryEvent>> stored,
    IOptions<AccountingOptions> options,
    TimeProvider clock,
    ILogger<LedgerEntryGrain> logger)
    : EntityGrain<BookEntry, LedgerEntryEvent>(stored, clock), ILedgerEntryGrain
{
    public async Task<PostEntryResult> PostAsync(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var result = await CommitAsync(Head.Post(entry, Now + options.Value.ResumeAfter));
        try
        {
            await RestockAsync();
        }
        catch (Exception fault)
        {
            // The entry is stored; the worker of due work resumes the restocking.
            LogFault(logger, fault, Key);
        }

        return result;
    }

    public Task<LedgerEntry?> GetAsync() => Task.FromResult(Committed.Entry);

    public Task ResumeAsync() => DeactivatesUnlessDue() ? Task.CompletedTask : RestockAsync();

    private async Task RestockAsync()
    {
        if (Head.ResumeAt is null)
        {
            return;
        }

        var results = await Concurrency.ForEachAsync(
            [.. Head.Entry!.Items.Index().Where(static item => item.Item.Restock)],
            width: 64,
            item => GrainFactory.Stock(item.Item.Sku).ReturnAsync(
                string.Create(CultureInfo.InvariantCulture, $"{Key}.{item.Index}"), item.Item.Quantity, "returned"));
        foreach (var refusal in results.OfType<AdjustResult.LimitExceeded>())
        {
            // A stock at its limit waits until the merchant has counted; the worker of due work resumes the entry.
            LogNotBack(logger, Key, refusal.Limit);
            return;
        }

        await CommitAsync(Head.EndRestock());
    }

    [LoggerMessage(3011, LogLevel.Error, "The units of entry {Entry} cannot return to stock: the limit is {Limit}.")]
    private static partial void LogNotBack(ILogger logger, string entry, int limit);

    [LoggerMessage(3010, LogLevel.Warning, "The units of entry {Entry} are not back in stock yet; it is retried.")]
    private static partial void LogFault(ILogger logger, Exception fault, string entry);
}
