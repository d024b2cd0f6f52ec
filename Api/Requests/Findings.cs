using System.Globalization;

namespace ActorShop.Api;

/// <summary>What is wrong with a request, found part by part.</summary>
/// <param name="clock">Says what has come.</param>
public sealed class Findings(TimeProvider? clock = null)
{
    // A hostile body can be wrong in a thousand places; nobody reads more than a few.
    private const int MostStated = 20;

    private readonly List<ProblemError> _errors = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<ProblemError> Errors => _errors;

    /// <summary>States that a part is wrong.</summary>
    public void Add(string at, string code, string message)
    {
        if (_errors.Count < MostStated)
        {
            _errors.Add(new ProblemError(at, code, message));
        }
    }

    /// <summary>A whole number within bounds.</summary>
    public void Range(string at, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            Add(at, "out_of_range", string.Create(CultureInfo.InvariantCulture, $"Between {least} and {most}."));
        }
    }

    /// <summary>So many items.</summary>
    public void Count(string at, int count, int least, int most)
    {
        if (count < least || count > most)
        {
            Add(at, "wrong_count", string.Create(CultureInfo.InvariantCulture, $"Between {least} and {most} items."));
        }
    }

    /// <summary>A text of one line, or of several where <paramref name="lines"/> says so. Null is left to whoever requires it.</summary>
    public void Text(string at, string? text, int least, int most, bool lines = false)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length < least || text.Length > most)
        {
            Add(at, "wrong_length", string.Create(CultureInfo.InvariantCulture, $"Between {least} and {most} characters."));
        }
        else if (least > 0 && string.IsNullOrWhiteSpace(text))
        {
            Add(at, "blank", "Something has to stand here.");
        }
        else if (text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')))
        {
            Add(at, "control_character", "Control characters have no meaning here.");
        }
    }

    /// <summary>Something an id of the client's can be: one line of printable characters without space at its ends.</summary>
    public void ExternalId(string at, string? text)
    {
        Text(at, text, 1, 128);
        if (text is { Length: > 0 } && text.Length != text.AsSpan().Trim().Length)
        {
            Add(at, "invalid_value", "No space at either end.");
        }
    }

    /// <summary>A SKU.</summary>
    public void Sku(string at, string? text)
    {
        if (!ActorShop.Sku.TryParse(text, out _))
        {
            Add(at, "invalid_sku", "1 to 64 printable characters without '/', no space at either end.");
        }
    }

    /// <summary>A currency that ISO 4217 knows.</summary>
    public void Currency(string at, string? code)
    {
        if (code is not null && !ActorShop.Currency.Exists(code))
        {
            Add(at, "unknown_currency", "Three upper-case letters of ISO 4217.");
        }
    }

    /// <summary>An amount of zero or above in a known currency.</summary>
    public void Price(string at, MoneyBody? price)
    {
        if (price is not null)
        {
            Range($"{at}/amount", price.Amount, 0, MoneyBody.MaxAmount);
            Currency($"{at}/currency", price.Currency);
        }
    }

    /// <summary>A time that is not from before computers nor from after tomorrow.</summary>
    public void Past(string at, DateTimeOffset? time)
    {
        var now = (clock ?? TimeProvider.System).GetUtcNow();
        if (time is { } stated && (stated < DateTimeOffset.UnixEpoch || stated > now.AddDays(1)))
        {
            Add(at, "out_of_range", "A time since 1970 that has come.");
        }
    }

    internal static string Pointer(string parent, string member) =>
        $"{parent}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
