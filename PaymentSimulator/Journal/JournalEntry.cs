using System.Text.Json;
using System.Text.Json.Serialization;
using ActorShop.Payments;

namespace ActorShop.PaymentSimulator.Journal;

/// <summary>A line of the provider's journal: what an operation came to.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Key">The operation's key.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Payment">The payment it belongs to.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">The currency; empty where a void names none.</param>
/// <param name="Token">The means of payment, with an authorisation.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Code">The provider's word, where it declined.</param>
/// <param name="DecidesAt">When a pending operation will be decided.</param>
public sealed record JournalEntry(
    long Sequence, DateTimeOffset At, string Key, ProviderOperationKind Kind, string Payment, long Amount, string Currency,
    string? Token, JournalOutcome Outcome, string? Code, DateTimeOffset? DecidesAt)
{
    /// <summary>How the journal looks as JSON, on disk and over HTTP.</summary>
    public static JsonSerializerOptions Json { get; } = CreateOptions();

    /// <summary>Whether the entry is about the same operation as a request.</summary>
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

/// <summary>What an operation came to.</summary>
public enum JournalOutcome
{
    /// <summary>Taken in, to be decided later.</summary>
    Pending,

    /// <summary>It took effect.</summary>
    Done,

    /// <summary>It has no effect and never will have.</summary>
    Declined,

    /// <summary>It was delivered once more, and had no effect the second time.</summary>
    Repeated,
}
