using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

/// <summary>Ends a run: waits until the shop is at rest, repeats old requests, and reads the books.</summary>
public sealed class Auditor(Workload workload, IBookkeeper books, TimeSpan look)
{
    private const int AtOnce = 16;

    /// <summary>Waits until no saga, message or reservation is left.</summary>
    /// <returns>What is left when the patience ends; empty otherwise.</returns>
    public async Task<IReadOnlyList<string>> RestAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = workload.Now;
        while (true)
        {
            var unfinished = await books.FindUnfinishedAsync(cancellationToken);
            if (unfinished.Count == 0 || workload.Now - began > patience)
            {
                return unfinished;
            }

            await Task.Delay(look, workload.Clock, cancellationToken);
        }
    }

    /// <summary>Repeats old requests whose answers are stored, and reads the books.</summary>
    /// <param name="repetitions">How many requests to repeat at most, evenly spread.</param>
    public async Task<Evidence> ReadAsync(int repetitions, IReadOnlyList<string> unfinished, CancellationToken cancellationToken)
    {
        var stored = workload.Receipts.All.Where(static receipt => receipt is { Call.Key: not null, Reply.IsKept: true }).ToArray();
        var step = Math.Max(1, stored.Length / Math.Max(1, repetitions));
        var repeated = new List<Repetition>();
        foreach (var receipts in stored.Where((_, index) => index % step == 0).Chunk(AtOnce))
        {
            repeated.AddRange(await Task.WhenAll(receipts.Select(async receipt =>
                new Repetition(receipt, await workload.InsistAsync(receipt.Call, static () => false, cancellationToken)))));
        }

        return new(workload.Receipts.All, await books.ReadAsync(unfinished, cancellationToken), repeated);
    }
}
