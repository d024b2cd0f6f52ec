using System.Text.Json;
using System.Text.Json.Serialization;
using ActorShop.Payments;

namespace ActorShop.PaymentSimulator.Journal;

/// <summary>A line of the provider's journal: a state of an operation.</summary>
/// <param name="Sequence">The number, from 1 without gaps.</param>
/// <param name="At">The time of the entry.</param>
/// <param name="Key">The key of the operation.</param>
/// <param name="Kind">The kind of operation.</param>
/// <param name="Payment">The payment.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">The currency; empty for a void without one.</param>
/// <param name="Token">The means of payment of an authorisation.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Code">The reason of a decline.</param>
/// <param name="DecidesAt">The time of the decision on a pending operation.</param>
public sealed record JournalEntry(
    long Sequence, DateTimeOffset At, string Key, ProviderOperationKind Kind, string Payment, long Amount, string Currency,
    string? Token, JournalOutcome Outcome, string? Code, DateTimeOffset? DecidesAt)
{
    /// <summary>The format of the journal, on disk and over HTTP.</summary>
    public static JsonSerializerOptions Json { get; } = CreateOptions();

    /// <summary>Whether a request under the entry's key asks for the same operation.</summary>
    public bool Matches(ProviderOperation operation) =>
        operation is not null
        && Kind == operation.Kind
        && string.Equals(Payment, operation.Payment.Value, StringComparison.Ordinal)
        && Amount == operation.Amount.Amount
        && (Kind is ProviderOperationKind.Void || string.Equals(Currency, operation.Amount.Currency, StringComparison.Ordinal))
        && string.Equals(Token, operation.Token, StringComparison.Ordinal);

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}

public enum JournalOutcome
{
    /// <summary>Accepted, to be decided later.</summary>
    Pending,

    Done,

    /// <summary>Refused for good, without effect.</summary>
    Declined,

    /// <summary>Delivered once more, without effect.</summary>
    Repeated,
}
