using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Replays;

/// <summary>Takes events to the shop, step by step, so that no step takes effect twice if either side crashes.</summary>
/// <remarks>
/// A step in the journal is not repeated. A step whose answer was lost is repeated under its key, and the shop repeats its answer.
/// The tally gets every event, also those that an earlier run has done.
/// Safe from any thread as long as events that share an order come one after another.
/// </remarks>
internal sealed class ReplayRun(
    ShopClient shop, Journal<ReplayOutcome> journal, EventMapping mapping, ReplayTally tally, TimeSpan patience, TimeProvider clock)
{
    private static readonly TimeSpan PendingPause = TimeSpan.FromMilliseconds(200);

    // A step may be in the journal twice when a crash came between its effect and the end of the event: the last line wins.
    private readonly Dictionary<string, ReplayOutcome> _before = journal.Entries.Reverse()
        .DistinctBy(static outcome => outcome.Key, StringComparer.Ordinal).ToDictionary(static outcome => outcome.Key, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, ReplayOutcome> _orders = new(StringComparer.Ordinal);

    public async Task RunAsync(ShopEvent happened, CancellationToken cancellationToken)
    {
        var outcomes = new List<(ReplayStep, ReplayOutcome)>();
        foreach (var step in mapping.StepsOf(happened))
        {
            if (!_before.TryGetValue(step.Key, out var outcome))
            {
                outcome = await RunAsync(step, cancellationToken);
                journal.Append(outcome);
            }

            if (step is ReplayStep.PlaceOrder)
            {
                _orders[step.Key] = outcome;
            }

            outcomes.Add((step, outcome));
        }

        tally.Add(happened, outcomes);
    }

    private Task<ReplayOutcome> RunAsync(ReplayStep step, CancellationToken cancellationToken) => step switch
    {
        ReplayStep.PlaceOrder order => PlaceAsync(order, cancellationToken),
        ReplayStep.Refund refund => RefundAsync(refund, cancellationToken),
        ReplayStep.CreditNote note => CreditAsync(note, cancellationToken),
        ReplayStep.Adjust adjust => SendAsync(
            step, $"/v1/admin/stock/{ShopReads.Escape(adjust.Sku)}/adjustments", new { adjust.Delta, adjust.Reason }, cancellationToken),
        ReplayStep.Entry entry => SendAsync(
            step, "/v1/admin/ledger/entries",
            new { ExternalId = entry.Key, entry.Amount, entry.Account, entry.Reason, entry.At }, cancellationToken),
        _ => throw new System.Diagnostics.UnreachableException(step.GetType().Name),
    };

    private async Task<ReplayOutcome> SendAsync(ReplayStep step, string path, object body, CancellationToken cancellationToken)
    {
        var answer = await shop.SendAsync(ShopRequest.Post(path, body, step.Key), cancellationToken);
        return answer.IsFine ? new ReplayOutcome(step.Key, ReplayFate.Done) : Refuse(step, answer);
    }

    private async Task<ReplayOutcome> PlaceAsync(ReplayStep.PlaceOrder order, CancellationToken cancellationToken)
    {
        var body = new
        {
            ExternalId = order.Key,
            CustomerId = order.Customer,
            PlacedAt = order.At,
            mapping.Currency,
            Tender = "external",
            order.Items,
        };
        var answer = await shop.SendAsync(ShopRequest.Post("/v1/admin/orders", body, order.Key), cancellationToken);
        var id = answer.IsFine ? answer.Text("id") : answer.Code is "external_id_taken" ? answer.Text("orderId") : null;
        if (id is null)
        {
            return Refuse(order, answer);
        }

        // Taken by an earlier run whose key the shop no longer has: the order itself has the outcome.
        return answer.Status is 201 ? new ReplayOutcome(order.Key, ReplayFate.Done, id) : await SettleAsync(order, id, cancellationToken);
    }

    private async Task<ReplayOutcome> SettleAsync(ReplayStep.PlaceOrder order, string id, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var answer = await shop.SendAsync(ShopRequest.Get($"/v1/orders/{id}"), cancellationToken);
            switch (answer.Text("status"))
            {
                case "confirmed" or "completed" or "cancelled":
                    return new ReplayOutcome(order.Key, ReplayFate.Done, id);
                case "failed":
                    var code = answer.Body.TryGetProperty("failure", out var failure) ? failure.GetProperty("code").GetString() : "failed";
                    return new ReplayOutcome(order.Key, ReplayFate.Refused, id, Code: code);
                case null when !answer.IsFine:
                    return Refuse(order, answer);
            }

            if (clock.GetElapsedTime(start) > patience)
            {
                throw new ToolException(ExitCode.Unreachable, $"order {id} of invoice {order.Key} does not settle");
            }

            await Task.Delay(PendingPause, clock, cancellationToken);
        }
    }

    private async Task<ReplayOutcome> RefundAsync(ReplayStep.Refund refund, CancellationToken cancellationToken)
    {
        var order = await FindAsync(refund.Order, cancellationToken);
        if (order is { Fate: ReplayFate.Refused })
        {
            return new ReplayOutcome(refund.Key, ReplayFate.Pointless);
        }

        var items = order is null ? [] : refund.Items;
        var lacking = order is null ? refund.Items : [];
        long refunded = 0, credited = 0;

        // The shop accepts a refund whole or not at all, and names the first SKU that the order lacks. Those lines become a note. The
        // rest is sent again under a key of its own, the same at each run, since the same answers lead here.
        for (var round = 1; items.Length > 0; round++)
        {
            var answer = await shop.SendAsync(
                ShopRequest.Post(
                    $"/v1/admin/orders/{order!.OrderId}/refunds", new { items, Reason = $"cancellation {refund.Invoice}", refund.At, ExternalId = refund.Invoice, CreditNote = true },
                    round == 1 ? refund.Key : $"{refund.Key}/{round}"),
                cancellationToken);
            if (answer.IsFine)
            {
                (refunded, credited) = (answer.Amount("refunded"), answer.Amount("credited"));
                break;
            }

            if (answer.Code is not "no_such_line" || answer.Text("sku") is not { } sku || !items.Any(item => Is(item, sku)))
            {
                return Refuse(refund, answer);
            }

            lacking = lacking.AddRange(items.Where(item => Is(item, sku)));
            items = items.RemoveAll(item => Is(item, sku));
        }

        if (lacking.Length == 0)
        {
            return new ReplayOutcome(refund.Key, ReplayFate.Done, order!.OrderId, refunded, credited);
        }

        var note = new ReplayStep.CreditNote(ReplayStep.CreditNote.RestOf(refund), refund.Invoice, refund.Customer, refund.At, lacking);
        var written = await CreditAsync(note, cancellationToken);
        return new ReplayOutcome(
            refund.Key, written.Fate, order?.OrderId, refunded, credited, lacking.Length, written.Fate is ReplayFate.Done ? ReplayItem.Total(note.Items) : 0, written.Code);
    }

    private async Task<ReplayOutcome> CreditAsync(ReplayStep.CreditNote note, CancellationToken cancellationToken)
    {
        var body = new { ExternalId = note.Key, note.Items, Reason = $"cancellation {note.Invoice}", CustomerId = note.Customer, note.At };
        var outcome = await SendAsync(note, "/v1/admin/credit-notes", body, cancellationToken);
        return outcome.Fate is ReplayFate.Done ? outcome with { Credited = ReplayItem.Total(note.Items) } : outcome;
    }

    /// <summary>The outcome of an order; null if the shop has no order of this invoice (the run began in the middle).</summary>
    private async Task<ReplayOutcome?> FindAsync(string invoice, CancellationToken cancellationToken)
    {
        if (_orders.TryGetValue(invoice, out var known) || _before.TryGetValue(invoice, out known))
        {
            return known;
        }

        var page = await shop.ReadAsync($"/v1/admin/orders?externalId={Uri.EscapeDataString(invoice)}", cancellationToken);
        var found = page.GetProperty("data");
        return found.GetArrayLength() == 0
            ? null
            : _orders.GetOrAdd(invoice, new ReplayOutcome(invoice, ReplayFate.Done, found[0].GetProperty("id").GetString()));
    }

    private static bool Is(ReplayItem item, string sku) => string.Equals(item.Sku, sku, StringComparison.Ordinal);

    private ReplayOutcome Refuse(ReplayStep step, ShopAnswer answer)
    {
        // A fault of the shop (500) may be repaired: it is not in the journal, so that resuming repeats the step.
        if (answer.Status >= 500)
        {
            throw new ToolException(ExitCode.Differences, $"{step.Key}: the shop failed: {answer.Explanation}");
        }

        tally.Explain(step.Key, answer.Explanation);
        return new ReplayOutcome(step.Key, ReplayFate.Refused, Code: answer.Code);
    }
}
