using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ActorShop.Cli.Commands;
using ActorShop.Cli.Shop;
using ActorShop.Cli.Terminal;

namespace ActorShop.Load;

internal sealed class LoadCommand
{
    private const int MostGoods = 10_000;

    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly (int Status, string Text)[] Hints =
    [
        (401, "the shop does not know the key (--key or ACTORSHOP_KEY)"),
        (429, "the shop limits the requests of a caller: give a key with the scope import (--key or ACTORSHOP_KEY), or raise Api:Limits"),
    ];

    private readonly ServerOptions _server = new(keyScopes: null);

    private readonly Option<int> _clients =
        ToolOption.Number("--clients", "Concurrent customers, each with its own connection, 1 to 4096.", 16, 1, 4096);

    private readonly Option<TimeSpan?> _duration = new("--duration")
    {
        Description = "How long to measure, such as 30s. Default: 10s, or until --count.",
        CustomParser = static result => ToolOption.ParseSpan(result.Tokens[0].Value, result.AddError),
        HelpName = "time",
    };

    private readonly Option<int?> _count = new("--count")
    {
        Description = "The number of rounds to measure, over all clients.",
        Validators = { static result => ToolOption.CheckRange(result, 1, int.MaxValue) },
    };

    private readonly Option<TimeSpan> _warmUp = ToolOption.Time("--warm-up", "How long to run before measuring.", TimeSpan.FromSeconds(2));

    private readonly Option<string?> _mix = ToolOption.OneOf(
        "--mix",
        "browse: products, lists, stock; get: one of --paths; cart: ten lines into a cart; checkout: cart, two lines, check out, read the order; "
        + "long: a thousand lines into a cart, the tenth beside the thousandth; hot: check out one unit of the first SKU; spread: of any SKU.",
        "browse", "browse", "get", "cart", "checkout", "long", "hot", "spread");

    private readonly Option<string?> _skus = ToolOption.Text("--skus", "SKUs to buy, separated by commas. Default: all SKUs in stock.", "a,b,c");

    private readonly Option<FileInfo?> _paths = new("--paths")
    {
        Description = "A file with the paths for the mix get, one a line. A request reads any of them.",
        HelpName = "file",
    };

    private readonly Option<string?> _header = ToolOption.Text("--header", "Another header of all requests.", "name: value");

    private readonly Option<string> _currency = ToolOption.Currency("The currency of carts.", Currency.Exists);

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of a table." };

    public static RootCommand Create(ToolContext context)
    {
        var options = new LoadCommand();
        var command = new RootCommand(
            "Sends requests in a closed loop and measures latencies and throughput, without the warm-up. " + ExitCode.Description)
        {
            options._clients, options._duration, options._count, options._warmUp, options._mix, options._skus, options._paths, options._header, options._currency, options._json,
        };
        options._server.AddTo(command);
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, context, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, ToolContext context, CancellationToken cancellationToken)
    {
        var server = _server.Server(parsed);
        if (server.Scheme is not "http")
        {
            throw new ToolException(ExitCode.BadInput, "https is not supported: measure without TLS");
        }

        var mix = Enum.Parse<LoadMix>(parsed.GetRequiredValue(_mix)!, ignoreCase: true);
        var count = parsed.GetValue(_count);
        var duration = parsed.GetValue(_duration) ?? (count is null ? DefaultDuration : null);
        IReadOnlyList<Good> goods = [];
        var paths = mix is LoadMix.Get ? await PathsAsync(parsed.GetValue(_paths), cancellationToken) : [];
        if (mix is not LoadMix.Get)
        {
            using var shop = await _server.OpenAsync(parsed, context, 1, cancellationToken);
            goods = await GoodsAsync(shop, parsed.GetValue(_skus), mix, cancellationToken);
        }

        if (mix is LoadMix.Long && goods.Count < LoadClient.LinesOfLongCart)
        {
            throw new ToolException(ExitCode.BadInput, $"the mix long needs {LoadClient.LinesOfLongCart} SKUs in stock; there are {goods.Count}");
        }

        var name = $"load-{Guid.NewGuid():N}";
        var clients = Enumerable.Range(0, parsed.GetValue(_clients))
            .Select(i => new LoadClient(
                new LeanConnection(server, _server.Key(parsed), parsed.GetValue(_header)), goods, paths, parsed.GetRequiredValue(_currency),
                string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"), new Random(i), context.Clock))
            .ToArray();
        try
        {
            var run = new LoadRun(mix, parsed.GetValue(_warmUp), duration, count, context.Clock);
            LoadResult? result = null;
            await Watch.RunAsync(context, "rounds", count, () => run.Rounds, async () => result = await run.RunAsync(clients, cancellationToken));
            await context.Output.WriteAsync(
                parsed.GetValue(_json) ? JsonSerializer.Serialize(result, Indented) + Environment.NewLine : ToText(result!));
            foreach (var hint in Hints.Where(hint => result!.Errors.Keys.Any(error => error.Contains($": {hint.Status} ", StringComparison.Ordinal))))
            {
                await context.Error.WriteLineAsync($"note: {hint.Text}");
            }

            return result!.Errors.Count == 0 ? ExitCode.Fine : ExitCode.Differences;
        }
        finally
        {
            Array.ForEach(clients, static client => client.Dispose());
        }
    }

    private static async Task<IReadOnlyList<string>> PathsAsync(FileInfo? file, CancellationToken cancellationToken) =>
        file is { Exists: true } && (await File.ReadAllLinesAsync(file.FullName, cancellationToken)).Where(static line => line.StartsWith('/')).ToArray() is { Length: > 0 } paths
            ? paths
            : throw new ToolException(ExitCode.BadInput, "the mix get needs --paths: a file with paths, one a line, each beginning with /");

    private static async Task<IReadOnlyList<Good>> GoodsAsync(
        ShopClient shop, string? skus, LoadMix mix, CancellationToken cancellationToken)
    {
        // The products of given SKUs are looked up only for the mix that reads products.
        var stated = skus?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (stated is not null && mix is not LoadMix.Browse)
        {
            return [.. stated.Select(static sku => new Good(string.Empty, ShopReads.Escape(sku)))];
        }

        var goods = new List<Good>();
        await foreach (var product in shop.ListAsync("/v1/products?inStock=true", cancellationToken))
        {
            var id = product.GetProperty("id").GetString()!;
            goods.AddRange(product.GetProperty("skus").EnumerateArray()
                .Select(static sku => sku.GetString()!)
                .Where(sku => stated?.Contains(sku) != false)
                .Select(sku => new Good(id, ShopReads.Escape(sku))));
            if (goods.Count >= MostGoods)
            {
                break;
            }
        }

        return goods.Count > 0 ? goods : throw new ToolException(ExitCode.BadInput, "no product is in stock: import a catalogue first");
    }

    private static string ToText(LoadResult result)
    {
        var table = new TextTable(
            string.Create(CultureInfo.InvariantCulture, $"{result.Mix}, {result.Clients} clients, {result.Seconds:N1} s (latencies in ms)"),
            "operation", "count", "per second", "p50", "p90", "p99", "max");
        foreach (var row in result.Operations)
        {
            table.Add(
                row.Operation, row.Count.ToString("N0", CultureInfo.InvariantCulture), row.PerSecond.ToString("N0", CultureInfo.InvariantCulture),
                Show(row.P50), Show(row.P90), Show(row.P99), Show(row.Max));
        }

        var text = table.ToText();
        return result.Errors.Count == 0
            ? text
            : text + "Errors\n" + string.Concat(result.Errors.Select(static error => $"  {error.Key}  {error.Value}\n"));

        static string Show(double milliseconds) => milliseconds.ToString("N2", CultureInfo.InvariantCulture);
    }
}
