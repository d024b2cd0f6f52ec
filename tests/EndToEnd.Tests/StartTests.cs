using System.Net;
using System.Net.Sockets;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>
/// Goal: a start logs what a person needs and no more; a process that cannot start ends with exit code 2 and one line on standard error that names
/// the reason. Method: the shop as a process, and the lines of its output.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class StartTests : IDisposable
{
    private const int MostLines = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("actorshop-start-").FullName;

    [Fact]
    public async Task Start_LogsTheAddressesAndTheDataFile_InAFewLines()
    {
        await using var shop = await ShopProcess.StartAsync();
        await Eventually.HoldsAsync(() => shop.Output.Any(static line => line.Contains("Data ", StringComparison.Ordinal)));

        var output = string.Join('\n', shop.Output);
        output.ShouldContain($"Shop       {shop.Public}v1/products");
        output.ShouldContain($"API docs   {shop.Public}docs");
        output.ShouldContain($"Operators  {shop.Operators}");
        output.ShouldContain($"Data       {Path.Combine(shop.Folder, "data", "shop.db")}");
        output.ShouldContain("API key    1 in Access:Keys");
        output.ShouldNotContain("dev-admin-key");
        shop.Output.Count.ShouldBeLessThanOrEqualTo(MostLines, output);
    }

    [Fact]
    public async Task Start_LogsAddressesThatAnswer_WhereTheSystemChoosesThePorts()
    {
        await using var process = Start(
            ("ASPNETCORE_URLS", "http://localhost:0"), ("ASPNETCORE_ENVIRONMENT", "Development"), ("Api__Operators", "0.0.0.0:0"),
            ("Api__Public", null));
        await Eventually.HoldsAsync(
            () => process.Output.Any(static line => line.Contains("API key ", StringComparison.Ordinal)), () => string.Join('\n', process.Output));

        var output = string.Join('\n', process.Output);
        output.ShouldContain("dev-admin-key");
        output.ShouldNotContain("warn:");
        using var client = new HttpClient();
        (await client.GetAsync(new Uri(Address(output, "API docs")))).IsSuccessStatusCode.ShouldBeTrue(output);
        (await client.GetAsync(new Uri(Address(output, "Operators") + "health/details"))).IsSuccessStatusCode.ShouldBeTrue(output);
        (await client.GetAsync(new Uri(new Uri(Address(output, "API docs")), "/health/details"))).IsSuccessStatusCode.ShouldBeFalse(output);
    }

    [Fact]
    public async Task Production_HasNoSampleCatalogue_AndWarnsThatPaymentsAreSimulated()
    {
        await using var shop = await ShopProcess.StartAsync(("Shop__SampleCatalogue", ""));

        (await shop.SendAsync("GET", "/v1/products")).Body.GetProperty("data").GetArrayLength().ShouldBe(0);
        shop.Output.Count(static line => line.Contains("Payments are simulated: no money moves. Set Payments:Url.", StringComparison.Ordinal))
            .ShouldBe(1, string.Join('\n', shop.Output));
    }

    [Theory]
    [InlineData("Api:Public")]
    [InlineData("Api:Operators")]
    [InlineData("Silo:Port")]
    [InlineData("Silo:GatewayPort")]
    public async Task TakenPort_IsOneLine_ThatNamesTheSetting(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = other.LocalEndpoint.ToString()!;
        var value = setting.StartsWith("Silo", StringComparison.Ordinal) ? taken.Split(':')[1] : taken;

        var (code, errors) = await RunAsync((setting.Replace(":", "__", StringComparison.Ordinal), value));

        code.ShouldBe(2, string.Join('\n', errors));
        errors.ShouldHaveSingleItem().ShouldStartWith($"error: Cannot listen at {taken} ({setting})");
    }

    [Fact]
    public async Task PublicAndOperatorsPort_Differ()
    {
        var (code, errors) = await RunAsync(("Api__Public", "127.0.0.1:18080"), ("Api__Operators", "127.0.0.2:18080"));

        code.ShouldBe(2, string.Join('\n', errors));
        errors.ShouldHaveSingleItem().ShouldContain("different ports");
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "https://shop.example;http://shop.example", "--urls")]
    [InlineData("Api__RepeatFor", "soon", "Api:RepeatFor")]
    [InlineData("Dashboard__Enabled", "perhaps", "Dashboard:Enabled")]
    [InlineData("Silo__Port", "70000", "Silo")]
    [InlineData("Api__Public", "127.0.0.1", "Api:Public")]
    [InlineData("Payments__Url", "no address", "Payments:Url")]
    [InlineData("Shop__Locale", "martian", "Shop:Locale")]
    [InlineData("Shop__TimeZone", "Mars/Olympus", "Shop:TimeZone")]
    [InlineData("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1", "ICU")]
    [InlineData("Cluster__ConnectionString", "garbage", "Cluster")]
    public async Task Process_NamesTheSetting_WhenItIsInvalid(string setting, string value, string named)
    {
        var (code, errors) = await RunAsync(("Api__Public", setting is "ASPNETCORE_URLS" ? null : "127.0.0.1:0"), (setting, value));

        code.ShouldBe(2, string.Join('\n', errors));
        errors.ShouldHaveSingleItem().ShouldStartWith("error: ");
        errors.Single().ShouldContain(named);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("folder")]
    public async Task Process_NamesTheFile_WhenTheDatabaseIsNone(string what)
    {
        var database = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "data")).FullName, "shop.db");
        if (what is "folder")
        {
            Directory.CreateDirectory(database);
        }
        else
        {
            await File.WriteAllTextAsync(database, string.Concat(Enumerable.Repeat("no database ", 1_000)));
        }

        var (code, errors) = await RunAsync();

        code.ShouldBe(2, string.Join('\n', errors));
        errors.ShouldHaveSingleItem().ShouldContain("shop.db");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Address(string output, string label) =>
        output.Split('\n').Single(line => line.Contains($"{label}  ", StringComparison.Ordinal)).Trim().Split(' ')[^1];

    private ChildProcess Start(params IEnumerable<(string Name, string? Value)> settings)
    {
        var ports = FreePort.Addresses(2).Select(static address => address.Split(':')[1]).ToArray();
        return ChildProcess.Start(
            HostPrograms.Find(folder: null).Api, _folder,
            [
                ("ASPNETCORE_ENVIRONMENT", "Production"), ("Api__Public", "127.0.0.1:0"), ("Api__Operators", "127.0.0.1:0"),
                ("Silo__Port", ports[0]), ("Silo__GatewayPort", ports[1]), .. settings,
            ]);
    }

    private async Task<(int Code, IReadOnlyCollection<string> Errors)> RunAsync(params IEnumerable<(string Name, string? Value)> settings)
    {
        await using var process = Start(settings);
        return (await process.EndAsync(), process.Errors);
    }
}
