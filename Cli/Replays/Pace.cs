using System.Runtime.CompilerServices;

namespace ActorShop.Cli.Replays;

/// <summary>Which part of a history is replayed, and how fast: the first invoice or sequence (<c>#1234</c>), and seconds per second (0: no limit).</summary>
internal sealed record Pace(string? From, int? Limit, double Speed)
{
    // In seconds: a timer takes no more than 49 days.
    private const double LongestWait = 24 * 60 * 60;

    public bool IsWhole => From is null && Limit is null;

    /// <summary>The events of the part, each not before its time.</summary>
    /// <exception cref="ToolException">No event is the first of the part.</exception>
    public async IAsyncEnumerable<ShopEvent> SelectAsync(
        IAsyncEnumerable<ShopEvent> events, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Invoices are often numbers: a hash marks a sequence.
        var isSequence = int.TryParse(From is ['#', .. var digits] ? digits : null, CultureInfo.InvariantCulture, out var sequence);
        var selected = events.SkipWhile(happened =>
            From is not null && !string.Equals(happened.Invoice, From, StringComparison.Ordinal) && !(isSequence && happened.Sequence >= sequence));
        var start = clock.GetTimestamp();
        DateTimeOffset? first = null;
        await foreach (var happened in selected.Take(Limit ?? int.MaxValue).WithCancellation(cancellationToken))
        {
            first ??= happened.At;
            var due = Speed > 0 ? (happened.At - first.Value).TotalSeconds / Speed : 0;
            while (due - clock.GetElapsedTime(start).TotalSeconds is > 0 and var wait)
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(wait, LongestWait)), clock, cancellationToken);
            }

            yield return happened;
        }

        if (first is null && From is not null)
        {
            throw new ToolException(ExitCode.BadInput, $"--from {From}: no such event");
        }
    }
}
