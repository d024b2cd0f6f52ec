using System.Globalization;
using ActorShop.Inventory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Accounting;

/// <summary>Writes one entry, then puts its units back on the shelf: at the first call, or whenever it is woken.</summary>
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
            // The entry is in the book; what is left of it is in the index of due work.
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
            item => GrainFactory.Stock(item.Item.Sku).AdjustAsync(
                string.Create(CultureInfo.InvariantCulture, $"{Key}.{item.Index}"), item.Item.Quantity, "returned"));
        foreach (var refusal in results.OfType<AdjustResult.LimitExceeded>())
        {
            // A stock that can count no further waits for a count of the merchant's; the index of due work asks again.
            LogNotBack(logger, Key, refusal.Limit);
            return;
        }

        await CommitAsync(Head.EndRestock());
    }

    [LoggerMessage(3011, LogLevel.Error, "The units of entry {Entry} cannot go back on the shelf: more than {Limit} cannot be counted.")]
    private static partial void LogNotBack(ILogger logger, string entry, int limit);

    [LoggerMessage(3010, LogLevel.Warning, "The units of entry {Entry} are not back on the shelf yet; it is tried again.")]
    private static partial void LogFault(ILogger logger, Exception fault, string entry);
}
