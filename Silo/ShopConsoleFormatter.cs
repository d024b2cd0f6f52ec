using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ActorShop.Silo;

/// <summary>Writes log entries as the console's own formatter does, with control characters as escapes.</summary>
/// <remarks>
/// Messages and exceptions may repeat what a client sent: an SKU, an id, a header. A terminal must not execute it, and it must not look
/// like another entry. Line breaks stay, because the inner formatter indents what follows them.
/// </remarks>
internal sealed class ShopConsoleFormatter(IServiceProvider services) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "shop";

    // Formatters are resolved with this one, so it can ask for them only later.
    private readonly Lazy<ConsoleFormatter> _inner = new(() =>
        services.GetServices<ConsoleFormatter>().Single(static formatter => formatter.Name is ConsoleFormatterNames.Simple));

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var text = logEntry.Exception is { } exception ? $"{message}\n{exception}" : message;
        _inner.Value.Write(
            new LogEntry<string>(
                logEntry.LogLevel, logEntry.Category, logEntry.EventId, Escape(text), exception: null, static (state, _) => state),
            scopeProvider, textWriter);
    }

    /// <summary>Replaces every control and format character but line breaks and tabs with its code.</summary>
    public static string Escape(string text)
    {
        text = text.ReplaceLineEndings("\n");
        if (!text.Any(IsEscaped))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (IsEscaped(c))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static bool IsEscaped(char c) => c is not ('\n' or '\t') && char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
