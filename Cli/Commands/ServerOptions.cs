using System.CommandLine;
using System.Globalization;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Commands;

/// <summary>The options with which every command finds its server.</summary>
internal sealed class ServerOptions
{
    private const string DefaultServer = "http://127.0.0.1:8080";

    private readonly Option<Uri> _server = new("--server")
    {
        Description = $"The shop's address. Default: ACTORSHOP_SERVER, or {DefaultServer}.",
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable("ACTORSHOP_SERVER") ?? DefaultServer),
        CustomParser = result => ParseServer(result.Tokens[0].Value, result.AddError),
        HelpName = "url",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "An API key with the scopes of the work. Default: ACTORSHOP_KEY.",
        HelpName = "key",
    };

    private readonly Option<TimeSpan> _wait = new("--wait")
    {
        Description = "How long to keep trying while the server does not answer, such as 90 (seconds) or 2m.",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(60),
        CustomParser = result => ParseSpan(result.Tokens[0].Value, result.AddError),
        HelpName = "time",
    };

    /// <summary>Makes the options known to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_key);
        command.Add(_wait);
    }

    /// <summary>The server's address.</summary>
    public Uri Server(ParseResult parsed) => parsed.GetRequiredValue(_server);

    /// <summary>How long to keep trying.</summary>
    public TimeSpan Patience(ParseResult parsed) => parsed.GetValue(_wait);

    /// <summary>The key, if one was given.</summary>
    /// <remarks>The variable is read here: as the option's default value, --help would print it.</remarks>
    public string? Key(ParseResult parsed) => parsed.GetValue(_key) ?? Environment.GetEnvironmentVariable("ACTORSHOP_KEY");

    /// <summary>Opens the server and asks whether it lives.</summary>
    /// <remarks>Without <c>--wait</c> a server that is not there is said at once: most often the address is wrong.</remarks>
    /// <exception cref="ToolException">It does not answer.</exception>
    public async Task<ShopClient> OpenAsync(
        ParseResult parsed, ToolContext context, int connections, CancellationToken cancellationToken)
    {
        var wait = parsed.GetValue(_wait);
        var client = new ShopClient(Server(parsed), Key(parsed), connections, wait, context.Clock);
        var stated = parsed.GetResult(_wait) is { Implicit: false };
        try
        {
            await client.CheckAliveAsync(stated ? wait : TimeSpan.Zero, cancellationToken);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Reads a span of time as people write it: <c>90</c>, <c>90s</c>, <c>2m</c>, <c>1h</c>, <c>500ms</c>.</summary>
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

    /// <summary>Refuses whole numbers out of a range.</summary>
    public static void CheckRange(System.CommandLine.Parsing.OptionResult result, int least, int most)
    {
        // What is no number at all is said by the parser.
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number)
            && (number < least || number > most))
        {
            result.AddError($"{result.Option.Name} must be from {least} to {most}");
        }
    }

    private static Uri? ParseServer(string text, Action<string> addError)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https"))
        {
            return uri;
        }

        addError($"'{text}' is not an address: write http://host:port");
        return null;
    }
}
