using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ActorShop.Payments;

/// <summary>Asks the provider, and records each outcome by one write: the intent is already durable with the order.</summary>
[Reentrant, GrainType("payment"), PreferLocalPlacement]
internal sealed partial class PaymentGrain(
    [PersistentState("payment")] IPersistentState<EntityRecord<Payment, PaymentEvent>> stored,
    IPaymentProvider provider,
    IEventTable events,
    TimeProvider clock,
    ILogger<PaymentGrain> logger)
    : EntityGrain<Payment, PaymentEvent>(stored, clock), IPaymentGrain
{
    // What is being asked now. A second caller with the same key waits for the first one's answer.
    private readonly Dictionary<string, Task<PaymentResult>> _asking = new(StringComparer.Ordinal);

    // Keys with an unknown outcome: the provider is asked for it before anything is sent again. After a crash this is
    // empty, and the provider itself recognises the key.
    private readonly HashSet<string> _unclear = new(StringComparer.Ordinal);

    public Task<PaymentResult> AuthoriseAsync(string key, OrderId order, Money amount, string token) =>
        AskAsync(new(key, ProviderOperationKind.Authorise, Id, amount, token), order);

    public Task<PaymentResult> CaptureAsync(string key, Money amount) =>
        AskAsync(new(key, ProviderOperationKind.Capture, Id, amount, Token: null), order: null);

    public Task<PaymentResult> RefundAsync(string key, Money amount) =>
        AskAsync(new(key, ProviderOperationKind.Refund, Id, amount, Token: null), order: null);

    public Task<PaymentResult> VoidAsync(string key) =>
        AskAsync(new(key, ProviderOperationKind.Void, Id, Money.Zero(Head.Currency), Token: null), order: null);

    public Task<PaymentResult> RecordExternalAsync(string key, OrderId order, Money amount) =>
        CommitAsync(Head.RecordExternal(key, order, amount, Now));

    public Task<PaymentView?> GetAsync() => Task.FromResult(Committed.View(Id, CommittedVersion));

    private PaymentId Id => new(Key);

    private async Task<PaymentResult> AskAsync(ProviderOperation operation, OrderId? order)
    {
        if (_asking.TryGetValue(operation.Key, out var first))
        {
            return await first;
        }

        var asking = AskOnceAsync(operation, order);
        _asking[operation.Key] = asking;
        try
        {
            return await asking;
        }
        finally
        {
            _asking.Remove(operation.Key);
        }
    }

    private async Task<PaymentResult> AskOnceAsync(ProviderOperation operation, OrderId? order)
    {
        if (await RecallAsync(operation.Key) is { } known)
        {
            return await CommitAsync(new Decision<PaymentResult, PaymentEvent>(known, []));
        }

        if (Head.Refuse(operation.Kind, operation.Amount) is { } refusal)
        {
            return await CommitAsync(new Decision<PaymentResult, PaymentEvent>(new PaymentResult.Declined(refusal), []));
        }

        var answer = Head.Tender is OrderTender.External ? new ProviderAnswer.Done() : await AskProviderAsync(operation);
        if (answer is ProviderAnswer.Unknown or ProviderAnswer.NotFound)
        {
            _unclear.Add(operation.Key);
            LogUnknown(logger, Key, operation.Kind, operation.Key);
            return new PaymentResult.Unknown();
        }

        _unclear.Remove(operation.Key);
        return await CommitAsync(Head.Record(operation, order, answer, Now));
    }

    private async Task<ProviderAnswer> AskProviderAsync(ProviderOperation operation)
    {
        if (_unclear.Contains(operation.Key) && await provider.FindAsync(operation.Key) is var outcome and not ProviderAnswer.NotFound)
        {
            return outcome;
        }

        var answer = await provider.ExecuteAsync(operation);
        return answer is ProviderAnswer.Unknown ? await provider.FindAsync(operation.Key) : answer;
    }

    private async Task<PaymentResult?> RecallAsync(string key)
    {
        if (Head.Recall(key) is { } known || Head.Forgotten == 0)
        {
            return Head.Recall(key);
        }

        var rows = await events.FindAsync(Key, key);
        return rows.IsEmpty
            ? null
            : JsonSerializer.Deserialize<PaymentEvent>(rows[0].Data, ShopJson.Options)!.Result;
    }
}
