using System.CommandLine;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Commands;

/// <param name="keyScopes">The scopes of the key that the command needs; null if it needs no key.</param>
internal sealed class ServerOptions(string? keyScopes)
{
    private const string DefaultServer = "http://127.0.0.1:8080";

    private readonly Option<Uri> _server = new("--server")
    {
        Description = $"The shop's address. Default: ACTORSHOP_SERVER, or {DefaultServer}.",
        DefaultValueFactory = _ => new Uri(Environment.GetEnvironmentVariable("ACTORSHOP_SERVER") ?? DefaultServer),
        CustomParser = result => ParseServer(result.Tokens[0].Value, result.AddError),
        HelpName = "url",
    };

    private readonly Option<string?> _key =
        ToolOption.Text(
            "--key",
            (keyScopes is null ? "An API key." : $"An API key with the scopes {keyScopes}.") + " With the scope import, requests have no limits. Default: ACTORSHOP_KEY.",
            "key");

    private readonly Option<TimeSpan> _wait = ToolOption.Time(
        "--wait", "How long to keep trying while the server does not answer, such as 90 (seconds) or 2m.", TimeSpan.FromSeconds(60));

    public void AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_key);
        command.Add(_wait);
    }

    public Uri Server(ParseResult parsed) => parsed.GetRequiredValue(_server);

    public TimeSpan Patience(ParseResult parsed) => parsed.GetValue(_wait);

    /// <remarks>The variable is read here: as the option's default value, --help would print it.</remarks>
    public string? Key(ParseResult parsed) =>
        (parsed.GetValue(_key) ?? Environment.GetEnvironmentVariable("ACTORSHOP_KEY")) is { } key && !string.IsNullOrWhiteSpace(key) ? key : null;

    /// <summary>Opens the server and checks that it answers, and that a key is given if the command needs one.</summary>
    /// <remarks>Without <c>--wait</c> an absent server is reported at once: most often the address is wrong.</remarks>
    /// <exception cref="ToolException">It does not answer, or there is no key.</exception>
    public async Task<ShopClient> OpenAsync(
        ParseResult parsed, ToolContext context, int connections, CancellationToken cancellationToken)
    {
        var wait = parsed.GetValue(_wait);
        var client = new ShopClient(Server(parsed), Key(parsed), connections, wait, context.Clock);
        var stated = parsed.GetResult(_wait) is { Implicit: false };
        try
        {
            await client.CheckAliveAsync(stated ? wait : TimeSpan.Zero, cancellationToken);
            return keyScopes is null || Key(parsed) is not null
                ? client
                : throw new ToolException(ExitCode.BadInput, "an API key is needed: --key or ACTORSHOP_KEY");
        }
        catch
        {
            client.Dispose();
            throw;
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
