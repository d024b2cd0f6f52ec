using System.Text;
using System.Text.Json;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Replays;
using ActorShop.Cli.Testing;

namespace ActorShop.Cli.Tests.Replays;

/// <summary>
/// Goal: a history takes effect once and the comparison finds no difference, whichever side crashes and when. Method: the command against a
/// stub that drops connections before and after the effect; its effects are counted by key.
/// </summary>
public sealed class ReplayCommandTests : IAsyncLifetime, IDisposable
{
    // An order, its refund above the price, a free line, a cancellation without order and one beyond the order, adjustments, bad debt.
    private static readonly string[] History =
    [
        """{"seq":1,"kind":"order","invoice":"1","at":"2011-01-31T23:59:00","customer":"7","lines":[{"sku":"a","qty":6,"price":"2.55"},{"sku":"b","qty":1,"price":"0.001"}]}""",
        """{"seq":2,"kind":"order","invoice":"2","at":"2011-02-01T00:00:00","lines":[{"sku":"a","qty":2,"price":"2.5"},{"sku":"a","qty":1,"price":"0.0"}]}""",
        """{"seq":3,"kind":"cancellation","invoice":"C3","at":"2011-02-02T10:00:00","customer":"7","lines":[{"sku":"a","qty":-2,"price":"3.0","ref":"1"},{"sku":"b","qty":-1,"price":"5.0"},{"sku":"a","qty":-1,"price":"2.5","ref":"2"}]}""",
        """{"seq":4,"kind":"stock_adjustment","invoice":"4","at":"2011-02-03T10:00:00","lines":[{"sku":"a","qty":3,"price":"0.0","note":"damaged"},{"sku":"b","qty":-4,"price":"0.0"}]}""",
        """{"seq":5,"kind":"cancellation","invoice":"C5","at":"2011-02-04T10:00:00","customer":"7","lines":[{"sku":"a","qty":-9,"price":"2.55","ref":"1"},{"sku":"b","qty":-1,"price":"0.5","ref":"1"}]}""",
        """{"seq":6,"kind":"bad_debt","invoice":"A6","at":"2011-02-05T10:00:00","lines":[{"sku":"B","qty":1,"price":"-11.06"}]}""",
        """{"seq":7,"kind":"order","invoice":"7","at":"2011-02-06T00:00:00","lines":[{"sku":"a","qty":1000,"price":"1.0"}]}""",
        """{"seq":8,"kind":"cancellation","invoice":"C8","at":"2011-02-07T00:00:00","lines":[{"sku":"a","qty":-1000,"price":"1.0","ref":"7"}]}""",
    ];

    // The effects by their keys; the order "7" has none, for lack of stock.
    private static readonly string[] Effects =
    [
        "order 1", "order 2", "refund ord_1 C3@1", "note C3", "refund ord_2 C3@2", "adjust 4#1", "adjust 4#2", "refund ord_1 C5@1/2",
        "note C5@1-rest", "entry A6",
    ];

    private static readonly string[] First = ["1"];

    private readonly Scratch _scratch = new();
    private ShopStub _shop = null!;

    public async Task InitializeAsync() => _shop = await StartAsync();

    public async Task DisposeAsync() => await _shop.DisposeAsync();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task History_TakesEffect_AndTheReportsAgree()
    {
        var report = _scratch["report.md"];

        var run = await ReplayAsync($"--check-ledgers --report {report}");

        // One order is rightly refused: a refusal, not a difference.
        run.ExitCode.ShouldBe(ExitCode.Differences, run.ToString());
        run.Output.ShouldContain("No differences.");
        run.Output.ShouldContain("7: 422 insufficient_stock");
        run.Output.ShouldContain("Refusals and stock were compared with the history");
        _shop.Books.Effects.ShouldBe(Effects, ignoreOrder: true);
        var text = await File.ReadAllTextAsync(report);
        text.ShouldContain("| refunds above what the lines were paid: the rest as credit note of the order | 2 |");
        text.ShouldContain("| cancelled lines whose order lacks the units: credit notes of their own | 1 | 22.95 |");
        text.ShouldContain("rounded: invoice 1 (2011-01), 1 × b at 0.001");
    }

    [Fact]
    public async Task ProductThatNeverHadStock_HasNoLedgerToCheck()
    {
        _shop.Books.Products["z"] = JsonSerializer.SerializeToElement(new { variants = new[] { new { sku = "z" } } });
        _shop.Books.KnowsSkusOfProducts = true;
        var file = _scratch.Write(
            "z.jsonl", """{"seq":1,"kind":"order","invoice":"1","at":"2011-01-31T09:00:00","lines":[{"sku":"z","qty":1,"price":"1.0"}]}""");

        var run = await ToolRun.Of($"replay {file} --server {_shop.Url} --key k --check-ledgers");

        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain("No differences.");
        run.Output.ShouldContain("1: 422 insufficient_stock");
    }

    /// <summary>Goal: the months of history and report agree in each time zone of the shop, because times without a zone are the shop's own.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    public async Task Months_AgreeWithReports_InTheShopsTimeZone(string zone)
    {
        _shop.Books.TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);

        var run = await ReplayAsync("--check-ledgers");

        run.Output.ShouldContain("No differences.", customMessage: run.ToString());
        run.Output.ShouldContain("2011-01");
        _shop.Books.Effects.ShouldBe(Effects, ignoreOrder: true);
    }

    [Fact]
    public async Task Times_AreInTheStatedZone_AndThoseWithAnOffsetAreConverted()
    {
        var lines = History[0] + "\n" + History[1].Replace("2011-02-01T00:00:00", "2011-01-31T23:30:00Z", StringComparison.Ordinal);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));

        var events = await EventReader.ReadAsync(input, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), CancellationToken.None).ToListAsync();

        events.Select(static happened => happened.At).ShouldBe([new(2011, 1, 31, 23, 59, 0, TimeSpan.FromHours(1)), new(2011, 2, 1, 0, 30, 0, TimeSpan.FromHours(1))]);
        events.Select(static happened => happened.Month).ShouldBe(["2011-01", "2011-02"]);
    }

    [Theory]
    [InlineData(nameof(Fault.DropBefore), 2)]
    [InlineData(nameof(Fault.DropAfter), 2)]
    [InlineData(nameof(Fault.DropAfter), 3)]
    [InlineData(nameof(Fault.Busy), 2)]
    public async Task History_TakesEffectOnce_WhenTheShopFails(string fault, int every)
    {
        var kind = Enum.Parse<Fault>(fault);
        _shop.Faults = n => n % every == 1 ? kind : Fault.None;

        var run = await ReplayAsync("--check-ledgers");

        run.Output.ShouldContain("No differences.", customMessage: run.ToString());
        _shop.Books.Effects.ShouldBe(Effects, ignoreOrder: true);
    }

    // The tool dies after each request, with and without the effect of that request, and is started again.
    [Theory]
    [InlineData(nameof(Fault.DropBefore))]
    [InlineData(nameof(Fault.DropAfter))]
    public async Task History_TakesEffectOnce_WhenTheToolDiesAfterAnyRequest(string fault)
    {
        var kind = Enum.Parse<Fault>(fault);
        for (var deadly = 1; deadly <= 12; deadly++)
        {
            await using var shop = await StartAsync();
            var journal = _scratch[$"journal-{deadly}"];
            var from = deadly;
            shop.Faults = n => n >= from ? kind : Fault.None;
            var died = await ReplayAsync($"--resume {journal} --concurrency 1 --wait 20ms", shop);
            died.ExitCode.ShouldBe(ExitCode.Unreachable, died.ToString());

            shop.Faults = static _ => Fault.None;
            var run = await ReplayAsync($"--resume {journal} --check-ledgers", shop);

            run.Output.ShouldContain("No differences.", customMessage: $"{deadly}: {run}");
            shop.Books.Effects.Order(StringComparer.Ordinal).ShouldBe(Effects.Order(StringComparer.Ordinal), $"{deadly}");
        }
    }

    [Fact]
    public async Task FinishedJournal_ReadsOnlyTheReports()
    {
        var journal = _scratch["journal"];
        await ReplayAsync($"--resume {journal}");
        var before = _shop.Requests.Count;

        var run = await ReplayAsync($"--resume {journal}");

        run.Output.ShouldContain("No differences.", customMessage: run.ToString());
        _shop.Requests.Skip(before).ShouldBe(
        [
            "GET /health/live",

            // The time zone, then the report.
            "GET /v1/admin/reports/sales?by=month&currency=GBP", "GET /v1/admin/reports/sales?by=month&currency=GBP",
            "GET /v1/admin/reports/best-sellers?limit=100",
        ]);
    }

    [Fact]
    public async Task CtrlC_StopsBetweenEvents_AndTheJournalResumes()
    {
        var journal = _scratch["journal"];
        using var stop = new CancellationTokenSource();
        _shop.OnRequest = request =>
        {
            if (request.EndsWith("/credit-notes", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        };

        var stopped = await ReplayAsync($"--resume {journal} --concurrency 1", cancellationToken: stop.Token);
        stopped.ExitCode.ShouldBe(ExitCode.Cancelled, stopped.ToString());
        stopped.Error.ShouldContain("continues from there");

        // The cancellation in progress is complete; later events of its SKU have not begun.
        _shop.Books.Effects.ShouldBe([.. Effects[..5], .. _shop.Books.Effects.Where(static effect => effect is "entry A6")], ignoreOrder: true);
        _shop.OnRequest = static _ => { };
        (await ReplayAsync($"--resume {journal}")).Output.ShouldContain("No differences.");
        _shop.Books.Effects.ShouldBe(Effects, ignoreOrder: true);
    }

    [Fact]
    public async Task Replay_FindsEarlierOrders_WhenItStartsInTheMiddle()
    {
        await ReplayAsync("--limit 2");

        var run = await ReplayAsync("--from C3 --limit 1");

        _shop.Books.Effects.ShouldBe(Effects[..5]);
        _shop.Requests.Contains("GET /v1/admin/orders?externalId=1", StringComparer.Ordinal).ShouldBeTrue();
        run.ExitCode.ShouldBe(ExitCode.Differences, "the reports have the orders of the run before");
    }

    [Fact]
    public async Task Replay_ListsTheDifferences_WhenReportsDiffer()
    {
        await ReplayAsync("--limit 1");

        var run = await ReplayAsync("--from 2 --limit 1");

        run.ExitCode.ShouldBe(ExitCode.Differences);
        run.Output.ShouldContain("gross: the shop says 20.30, it should be 5.00");
        run.Output.ShouldContain("the shop reports sales in 2011-01, the history has none");
    }

    [Fact]
    public async Task Replay_EndsWithTwo_WhenTheHistoryIsOutOfOrder()
    {
        var file = _scratch.Write("bad.jsonl", History[1] + "\n" + History[0] + "\n");

        var run = await ToolRun.Of($"replay {file} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.BadInput);
        run.Error.ShouldContain("line 2: seq 1 after 2");
    }

    [Fact]
    public async Task JournalOfAnotherHistory_IsRefused()
    {
        var journal = _scratch["journal"];
        await ReplayAsync($"--resume {journal}");
        var before = _shop.Requests.Count;
        var changed = _scratch.Write("events.jsonl", string.Join('\n', History).Replace("\"qty\":6", "\"qty\":5", StringComparison.Ordinal));

        var run = await ToolRun.Of($"replay {changed} --server {_shop.Url} --key k --resume {journal}");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.TrimEnd().ShouldBe($"error: {journal} is the journal of another file with the name events.jsonl, or the file has changed");
        _shop.Requests.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Replay_EndsWithTwo_WhenTheGzipIsCutOff()
    {
        var whole = Gzip.Of(string.Join('\n', History));
        foreach (var missing in new[] { 1, 8, 9, 100 })
        {
            await using var shop = await StartAsync();

            var run = await ToolRun.Of($"replay - --server {shop.Url} --key k", new MemoryStream(whole[..^missing]));

            run.ExitCode.ShouldBe(ExitCode.BadInput, $"{missing}: {run}");
            run.Error.ShouldContain("error: The file is cut off.");
        }
    }

    // The last line of a file that is cut off may be an event by chance.
    [Fact]
    public async Task CutLastLine_IsNoEvent()
    {
        var whole = Gzip.Of(History[0] + "\n" + History[1]);
        for (var length = 20; length < whole.Length; length++)
        {
            var events = new List<string>();
            await using var input = await InputFile.OpenAsync("-", Gzip.Context(whole[..length]), CancellationToken.None);

            (await Should.ThrowAsync<ToolException>(async () =>
            {
                await foreach (var happened in EventReader.ReadAsync(input, TimeZoneInfo.Utc, CancellationToken.None))
                {
                    events.Add(happened.Invoice);
                }
            })).Message.ShouldBe("The file is cut off.", $"{length} bytes");
            events.ShouldBe(First.Take(events.Count));
        }
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("{}", "missing required properties")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":null,\"lines\":[]}", "at")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":\"0001-01-01T00:00:00\",\"lines\":[]}", "")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":\"2011-01-31T23:59:00\",\"lines\":null}", "lines")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":\"2011-01-31T23:59:00\",\"lines\":[null]}", "lines is null or has null")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":\"2011-01-31T23:59:00\",\"lines\":[{\"sku\":\"\\ud800\",\"qty\":1,\"price\":\"1\"}]}", "")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"\u00e9\",\"at\":\"2011-01-31T23:59:00\",\"lines\":[]}", "invoice has other characters than printable ASCII")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\\n2\",\"at\":\"2011-01-31T23:59:00\",\"lines\":[]}", "invoice has other characters than printable ASCII")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":\"2011-01-31T23:59:00\",\"lines\":[{\"sku\":\"a\",\"qty\":-2147483648,\"price\":\"1\"}]}", "qty is beyond")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":\"2011-01-31T23:59:00\",\"lines\":[{\"sku\":\"a\",\"qty\":9,\"price\":\"79228162514264337593543950335\"}]}", "the value is too large")]
    [InlineData("{\"seq\":1,\"kind\":\"order\",\"invoice\":\"1\",\"at\":\"2011-01-31T23:59:00\",\"lines\":[{\"sku\":\"a\",\"qty\":0,\"price\":\"79228162514264337593543950335\"}]}", "the value is too large")]
    public async Task InvalidEvent_EndsWithTwo_AndOneLine(string line, string reason)
    {
        _shop.Books.TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        var run = await ToolRun.Of($"replay {_scratch.Write("bad.jsonl", line + "\n")} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.ShouldContain("error: line 1: not an event: ");
        run.Error.ShouldContain(reason);
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(2, "the events done, and the reason");
    }

    [Fact]
    public async Task LineWithoutEnd_EndsWithTwo()
    {
        var run = await ToolRun.Of($"replay - --server {_shop.Url} --key k", new MemoryStream(Gzip.Of(new string('x', 17 * 1024 * 1024))));

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.ShouldContain("line 1: the line is longer than 16 MiB");
    }

    // Random bytes and random changes of the history: each ends with events that have steps, or with a refusal.
    [Fact]
    public async Task ChangedHistories_EndWithEventsOrARefusal()
    {
        string[] values = ["{}", "[]", "[null]", "null", "-1", "2147483647", "1e30", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01\"", "\"79228162514264337593543950335\""];
        var mapping = new EventMapping("GBP");
        var whole = string.Join('\n', History);
        var read = 0;
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var text = whole;
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var start = text.IndexOf(':', random.Next(text.Length)) + 1;
                var end = text.IndexOfAny([',', '}', '\n'], start);
                text = start == 0 || end < 0 ? text.Remove(random.Next(text.Length), 1) : text[..start] + values[random.Next(values.Length)] + text[end..];
            }

            var bytes = Encoding.UTF8.GetBytes(text);
            if (seed % 10 == 0)
            {
                random.NextBytes(bytes);
            }

            using var input = new MemoryStream(bytes);
            var events = new List<ShopEvent>();
            try
            {
                await foreach (var happened in EventReader.ReadAsync(input, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), CancellationToken.None))
                {
                    events.Add(happened);
                }
            }
            catch (ToolException refusal)
            {
                refusal.ExitCode.ShouldBe(ExitCode.BadInput);
                refusal.Message.ShouldNotContain('\n');
            }
            catch (Exception exception) when (exception is not ShouldAssertException)
            {
                throw new InvalidOperationException($"seed {seed}: {text}", exception);
            }

            read += events.SelectMany(happened => mapping.StepsOf(happened)).Count();
            new SourceSums(events, mapping).Net.ShouldBeInRange(-1e14m, 1e14m);
        }

        read.ShouldBeGreaterThan(3000);
    }

    [Theory]
    [InlineData("""{"seq":1,"kind":"refund","invoice":"1","at":"2011-01-31T23:59:00","lines":[]}""", "kind must be one of order, cancellation, stock_adjustment, bad_debt")]
    [InlineData("""{"seq":1,"kind":"order","at":"2011-01-31T23:59:00","lines":[]}""", "missing required properties: invoice")]
    [InlineData("""{"seq":1,"kind":"order","invoice":"1","at":"2011-01-31T23:59:00","lines":[{"sku":"a","qty":"many","price":"1"}]}""", "lines[0].qty is invalid")]
    [InlineData("""{"seq":1,"kind":"order","invoice":"1","at":"yesterday","lines":[]}""", "at is not a time")]
    [InlineData("{seq:1}", "the line is no JSON")]
    [InlineData("null", "the line is null")]
    [InlineData("[]", "the line is no JSON object")]
    public async Task Replay_EndsWithTwo_AndNamesTheMember_WhenALineIsNoEvent(string line, string reason)
    {
        var run = await ToolRun.Of($"replay {_scratch.Write("bad.jsonl", line + "\n")} --server {_shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.TrimEnd().ShouldEndWith($"error: line 1: not an event: {reason}");
    }

    [RealDataFact]
    public async Task RealHistory_AgreesToThePenny_InItsFirstEvents()
    {
        var folder = RealData.PathOf("uci-online-retail");
        await using var shop = await ShopStub.StartAsync();
        await ToolRun.Of(
            $"import {folder}/derived-catalogue.csv.gz --opening-stock-column InitialStockNeeded --server {shop.Url} --key k");

        var run = await ToolRun.Of($"replay {folder}/events.jsonl.gz --limit 600 --check-ledgers --server {shop.Url} --key k");

        run.ExitCode.ShouldBe(ExitCode.Fine, run.ToString());
        run.Output.ShouldContain("No differences.");
    }

    private static async Task<ShopStub> StartAsync()
    {
        var shop = await ShopStub.StartAsync();
        shop.Books.Stock("a", 20);
        shop.Books.Stock("b", 5);
        return shop;
    }

    private Task<ToolRun> ReplayAsync(string options, ShopStub? shop = null, CancellationToken cancellationToken = default) => ToolRun.Of(
        $"replay {_scratch.Write("events.jsonl", string.Join('\n', History))} --server {(shop ?? _shop).Url} --key k {options}",
        cancellationToken: cancellationToken);
}
