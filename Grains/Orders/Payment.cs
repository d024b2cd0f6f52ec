using System.Text.Json;
using ActorShop.Payments;
using Microsoft.Extensions.Logging;

namespace ActorShop.Orders;

internal sealed partial record Order
{
    /// <summary>How many outcomes of payment operations the head stores; older ones stand in the history.</summary>
    public const int StoredPayments = 64;

    /// <summary>The outcomes of operations on the payment, oldest first.</summary>
    public ImmutableArray<PaymentOperation> Payments { get; init; } = [];

    /// <summary>The key under which the hold is asked for, at every attempt.</summary>
    public string AuthoriseKey => $"{Id}.authorise";

    /// <summary>Whether the provider is asked: not for a total of zero, nor for an order that is paid elsewhere.</summary>
    public bool IsCharged => Command is { Tender: OrderTender.Card, Totals.Total.Amount: > 0 };

    public ProviderOperation Authorisation => new(AuthoriseKey, ProviderOperationKind.Authorise, PaymentOf(Id), Command!.Totals.Total, Token ?? string.Empty);

    /// <summary>Voids the hold, also one whose outcome is unknown.</summary>
    public ProviderOperation Void => CallOf(ProviderOperationKind.Void, $"{Id}.void", MoneyOf(0));

    internal ProviderOperation CallOf(ProviderOperationKind kind, string key, Money amount) => new(key, kind, PaymentOf(Id), amount, Token: null);

    internal Order Pay(string key, string kind, Money amount, DateTimeOffset? at, string? declineCode = null)
    {
        var payments = Payments.Add(new(key, kind, amount, declineCode, at ?? default));
        return this with { Payments = payments.RemoveRange(0, Math.Max(0, payments.Length - StoredPayments)) };
    }

    internal Order Pay(ProviderOperation operation, DateTimeOffset? at, string? declineCode = null) =>
        Pay(operation.Key, JsonNamingPolicy.SnakeCaseLower.ConvertName(operation.Kind.ToString()), operation.Amount, at, declineCode);

    /// <param name="earlier">Outcomes that an older version stored elsewhere.</param>
    public PaymentView? PaymentView(ImmutableArray<PaymentOperation> earlier, long version)
    {
        ImmutableArray<PaymentOperation> all = [.. earlier, .. Payments];
        return Command is null || (all.IsEmpty && PaymentStatus is PaymentStatus.None) ? null : new(
            PaymentOf(Id),
            Id,
            Command.Tender,
            PaymentStatus,
            PaymentStatus is PaymentStatus.None or PaymentStatus.Declined ? MoneyOf(0) : Command.Totals.Total,
            IsCaptured ? Command.Totals.Total : MoneyOf(0),
            MoneyOf(Refunded),
            [.. all.Select(static done => new PaymentOperationView(
                done.Key, done.Kind, done.Amount, done.DeclineCode is null ? "done" : "declined", done.DeclineCode, done.At))],
            version);
    }
}

internal sealed partial class OrderGrain
{
    // Keys with an unknown outcome: the provider is asked for it before anything is sent again. After a crash this is
    // empty, and the provider itself recognises the key.
    private readonly HashSet<string> _unclear = new(StringComparer.Ordinal);

    public async Task<PaymentView?> GetPaymentAsync()
    {
        var (order, version) = (Committed, CommittedVersion);
        return order.PaymentView(order.HasOldPayments ? await FindOldPaymentsAsync() : [], version);
    }

    private async Task<ProviderAnswer> AskProviderAsync(ProviderOperation? operation)
    {
        if (operation is null || !Head.IsCharged)
        {
            return new ProviderAnswer.Done();
        }

        var answer = _unclear.Contains(operation.Key) ? await provider.FindAsync(operation.Key) : new ProviderAnswer.NotFound();
        if (answer is ProviderAnswer.NotFound)
        {
            answer = await provider.ExecuteAsync(operation);
            answer = answer is ProviderAnswer.Unknown ? await provider.FindAsync(operation.Key) : answer;
        }

        if (answer is ProviderAnswer.Unknown or ProviderAnswer.NotFound)
        {
            _unclear.Add(operation.Key);
            LogUnknown(logger, Key, operation.Kind, operation.Key);
            return new ProviderAnswer.Unknown();
        }

        _unclear.Remove(operation.Key);
        return answer;
    }

    [LoggerMessage(3100, LogLevel.Warning, "The outcome of {Kind} {OperationKey} of order {Order} is not known yet.")]
    private static partial void LogUnknown(ILogger logger, string order, ProviderOperationKind kind, string operationKey);
}
