using System.Globalization;
using System.Runtime.CompilerServices;

namespace ActorShop.Cli.Replays;

/// <summary>Which part of a history is replayed, and how fast.</summary>
/// <param name="From">The invoice, or the sequence as <c>#1234</c>, to begin with; null for the first.</param>
/// <param name="Limit">How many events at most; null for all.</param>
/// <param name="Speed">Seconds of the history per second; 0 for no limit.</param>
internal sealed record Pace(string? From, int? Limit, double Speed)
{
    /// <summary>Whether every event is replayed.</summary>
    public bool IsWhole => From is null && Limit is null;

    /// <summary>The events of the part, each not before its time.</summary>
    public async IAsyncEnumerable<ShopEvent> SelectAsync(
        IAsyncEnumerable<ShopEvent> events, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasBegun = From is null;

        // Invoices are numbers too: a sequence has a hash before it.
        var isSequence = int.TryParse(From is ['#', .. var digits] ? digits : null, CultureInfo.InvariantCulture, out var sequence);
        var taken = 0;
        var start = clock.GetTimestamp();
        DateTimeOffset? first = null;
        await foreach (var happened in events.WithCancellation(cancellationToken))
        {
            hasBegun |= string.Equals(happened.Invoice, From, StringComparison.Ordinal) || (isSequence && happened.Sequence >= sequence);
            if (!hasBegun)
            {
                continue;
            }

            if (taken++ == Limit)
            {
                yield break;
            }

            first ??= happened.At;
            if (Speed > 0)
            {
                var wait = ((happened.At - first.Value) / Speed) - clock.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, clock, cancellationToken);
                }
            }

            yield return happened;
        }

        if (!hasBegun)
        {
            throw new ToolException(ExitCode.BadInput, $"--from {From}: no such event");
        }
    }
}
