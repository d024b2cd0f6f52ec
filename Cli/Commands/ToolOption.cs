using System.CommandLine;
using System.CommandLine.Parsing;

namespace ActorShop.Cli.Commands;

/// <summary>Makes options that several commands have, and those that need a check.</summary>
internal static class ToolOption
{
    public static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    public static Option<string?> OneOf(string name, string description, string? initial, params string[] values)
    {
        var option = Text(name, description, string.Join('|', values));
        option.AcceptOnlyFromAmong(values);
        if (initial is not null)
        {
            option.DefaultValueFactory = _ => initial;
        }

        return option;
    }

    public static Option<T> Number<T>(string name, string description, T initial, T least, T most)
        where T : ISpanParsable<T>, IComparable<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => initial };
        option.Validators.Add(result => CheckRange(result, least, most));
        return option;
    }

    public static Option<TimeSpan> Time(string name, string description, TimeSpan initial) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => initial,
        CustomParser = static result => ParseSpan(result.Tokens[0].Value, result.AddError),
        HelpName = "time",
    };

    public static Option<int> Concurrency(string what) => Number("--concurrency", $"Concurrent {what}, 1 to 256.", 16, 1, 256);

    public static Option<string?> Resume(string what) =>
        Text("--resume", $"A journal: {what} in it are skipped. It is created if missing.", "file");

    /// <param name="isKnown">Which currencies are accepted: those in circulation, or those of the past too.</param>
    public static Option<string> Currency(string description, Func<string, bool> isKnown)
    {
        var option = new Option<string>("--currency") { Description = description, DefaultValueFactory = static _ => "GBP" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !isKnown(result.Tokens[0].Value))
            {
                result.AddError("--currency must be an ISO 4217 code, such as GBP");
            }
        });
        return option;
    }

    /// <summary>Reads a span of time as people write it: <c>90</c>, <c>90s</c>, <c>2m</c>, <c>1h</c>, <c>500ms</c>; at most 30 days.</summary>
    public static TimeSpan ParseSpan(string text, Action<string> addError)
    {
        var (digits, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1.0),
            _ when text.EndsWith('m') => (text[..^1], 60.0),
            _ when text.EndsWith('h') => (text[..^1], 3600.0),
            _ => (text, 1.0),
        };
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit <= TimeSpan.FromDays(30).TotalSeconds)
        {
            return TimeSpan.FromSeconds(number * unit);
        }

        addError($"'{text}' is not a time: write 90, 90s, 2m or 500ms");
        return default;
    }

    /// <summary>Refuses numbers out of a range. The parser itself refuses what is not a number.</summary>
    public static void CheckRange<T>(OptionResult result, T least, T most)
        where T : ISpanParsable<T>, IComparable<T>
    {
        if (result.Tokens.Count > 0 && T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number)
            && (number.CompareTo(least) < 0 || number.CompareTo(most) > 0))
        {
            result.AddError($"{result.Option.Name} must be from {least} to {most}");
        }
    }
}
