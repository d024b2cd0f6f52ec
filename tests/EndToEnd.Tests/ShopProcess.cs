using System.Net;
using System.Security.Cryptography;
using System.Text;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>A shop in one process, on free ports, with its state in a temporary folder.</summary>
public sealed class ShopProcess : IAsyncDisposable
{
    public const string SampleSku = "SCL-BAL-2K";
    public const string AdminKey = "an-end-to-end-key";

    private readonly string[] _addresses = FreePort.Addresses(4);
    private readonly (string Name, string Value)[] _settings;
    private ChildProcess? _process;

    private ShopProcess((string Name, string Value)[] settings)
    {
        _settings = settings;
        Client = Http.Client(_addresses[0]);
        OperatorsClient = Http.Client(_addresses[1]);
    }

    public HttpClient Client { get; }

    public HttpClient OperatorsClient { get; }

    /// <summary>The lines on standard output and standard error since the last start.</summary>
    public IReadOnlyCollection<string> Output => _process!.Output;

    public string Folder { get; } = Directory.CreateTempSubdirectory("actorshop-").FullName;

    /// <summary>The address for shoppers; the same after a restart.</summary>
    public Uri Public => Client.BaseAddress!;

    public Uri Operators => OperatorsClient.BaseAddress!;

    /// <param name="settings">Configuration that differs, as environment variables.</param>
    public static async Task<ShopProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var shop = new ShopProcess(settings);
        try
        {
            await shop.RunAsync();
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public static (string Name, string Value)[] KeySettings(int index, string key, string scope) =>
    [
        ($"Access__Keys__{index}__Name", scope),
        ($"Access__Keys__{index}__Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))),
        ($"Access__Keys__{index}__Scopes__0", scope),
    ];

    /// <summary>Ends the process as a power cut would, and starts another in the same folder.</summary>
    public async Task KillAndRestartAsync()
    {
        await _process!.DisposeAsync();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Client.Dispose();
        OperatorsClient.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    internal Task<Answer> SendAsync(string method, string path, string? body = null, string? key = null, bool asAdmin = false) =>
        Client.SendAsync(new HttpMethod(method), path, body, key, asAdmin ? Http.Bearer(AdminKey) : null);

    private async Task RunAsync()
    {
        static string PortOf(string address) => address[(address.LastIndexOf(':') + 1)..];
        _process = ChildProcess.Start(
            HostPrograms.Find(folder: null).Api, Folder,
            [
                ("ASPNETCORE_ENVIRONMENT", "Production"), ("Api__Public", _addresses[0]), ("Api__Operators", _addresses[1]),

                // Orleans listens for other silos and clients, also in a process of its own.
                ("Silo__Port", PortOf(_addresses[2])), ("Silo__GatewayPort", PortOf(_addresses[3])),
                ("Api__Limits__Enabled", "false"), ("Shop__SampleCatalogue", "true"), .. KeySettings(0, AdminKey, "admin"), .. _settings,
            ]);
        await Eventually.HoldsAsync(IsReadyAsync, () => string.Join('\n', Output));
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"The shop did not start:\n{string.Join('\n', Output)}");
        }

        try
        {
            return (await Client.ReadAsync("/health/ready")).Status is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
