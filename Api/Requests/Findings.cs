using System.Globalization;

namespace ActorShop.Api;

/// <summary>The invalid parts of a request.</summary>
/// <param name="clock">The current time, for times that must be in the past.</param>
public sealed class Findings(TimeProvider? clock = null)
{
    // Bounds the answer to a hostile body.
    private const int MostStated = 20;

    private readonly List<ProblemError> _errors = [];

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<ProblemError> Errors => _errors;

    /// <summary>Adds an error.</summary>
    public void Add(string at, string code, string message)
    {
        if (_errors.Count < MostStated)
        {
            _errors.Add(new ProblemError(at, code, message));
        }
    }

    /// <summary>Requires a number within bounds.</summary>
    public void Range(string at, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            Add(at, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"Must be between {least} and {most}."));
        }
    }

    /// <summary>Requires a number of items within bounds.</summary>
    public void Count(string at, int count, int least, int most)
    {
        if (count < least || count > most)
        {
            Add(at, "wrong_count", string.Create(CultureInfo.InvariantCulture, $"Must have {least} to {most} items."));
        }
    }

    /// <summary>Requires a text of one line, or of several with <paramref name="lines"/>. Ignores null.</summary>
    public void Text(string at, string? text, int least, int most, bool lines = false)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length < least || text.Length > most)
        {
            Add(at, "wrong_length", string.Create(CultureInfo.InvariantCulture, $"Must have {least} to {most} characters."));
        }
        else if (least > 0 && string.IsNullOrWhiteSpace(text))
        {
            Add(at, "blank", "Must not be blank.");
        }
        else if (text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')))
        {
            Add(at, "control_character", "Must not contain control characters.");
        }
    }

    /// <summary>Requires an external id: one line without a space at either end.</summary>
    public void ExternalId(string at, string? text)
    {
        Text(at, text, 1, 128);
        if (text is { Length: > 0 } && text.Length != text.AsSpan().Trim().Length)
        {
            Add(at, "invalid_value", "Must not start or end with a space.");
        }
    }

    /// <summary>Requires a SKU.</summary>
    public void Sku(string at, string? text)
    {
        if (!ActorShop.Sku.TryParse(text, out _))
        {
            Add(at, "invalid_sku", "Must be 1 to 64 printable characters without '/', and without a space at either end.");
        }
    }

    /// <summary>Requires a currency of ISO 4217.</summary>
    public void Currency(string at, string? code)
    {
        if (code is not null && !ActorShop.Currency.Exists(code))
        {
            Add(at, "unknown_currency", "Must be an ISO 4217 currency code, such as GBP.");
        }
    }

    /// <summary>Requires an amount of zero or more in a known currency.</summary>
    public void Price(string at, MoneyBody? price)
    {
        if (price is not null)
        {
            Range($"{at}/amount", price.Amount, 0, MoneyBody.MaxAmount);
            Currency($"{at}/currency", price.Currency);
        }
    }

    /// <summary>Requires a time between 1970 and now. One day of tolerance covers clients whose clocks are ahead.</summary>
    public void Past(string at, DateTimeOffset? time)
    {
        var now = (clock ?? TimeProvider.System).GetUtcNow();
        if (time is { } stated && (stated < DateTimeOffset.UnixEpoch || stated > now.AddDays(1)))
        {
            Add(at, "out_of_range", "Must be between 1970-01-01 and now.");
        }
    }

    internal static string Pointer(string parent, string member) =>
        $"{parent}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
