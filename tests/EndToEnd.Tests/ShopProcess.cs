using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActorShop.EndToEnd;

/// <summary>A shop in a process of its own, on free ports, with its state in a folder that goes away with it.</summary>
public sealed class ShopProcess : IAsyncDisposable
{
    /// <summary>A SKU of the sample catalogue.</summary>
    public const string SampleSku = "SCL-BAL-2K";

    /// <summary>A key with every scope.</summary>
    public const string AdminKey = "an-end-to-end-key";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly (int Public, int Operators) _ports = (FreePort(), FreePort());
    private readonly string _folder = Directory.CreateTempSubdirectory("actorshop-").FullName;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private readonly (string Name, string Value)[] _settings;

    private ShopProcess((string Name, string Value)[] settings) => _settings = settings;

    public HttpClient Client { get; private set; } = new();

    /// <summary>The lines on standard output and standard error so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Where its state is, and what a test puts beside it.</summary>
    public string Folder => _folder;

    /// <summary>Where shoppers find it; the same after a restart.</summary>
    public Uri Public => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports.Public}"));

    public Uri Operators { get; private set; } = new("http://127.0.0.1");

    /// <summary>Starts a shop.</summary>
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

    /// <summary>Ends the process as a power cut would, and starts another in the same folder.</summary>
    public async Task KillAndRestartAsync()
    {
        await KillAsync();
        await RunAsync();
    }

    /// <summary>Asks until it is so: another process has no event to wait for.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            if (watch.Elapsed > StartLimit)
            {
                throw new TimeoutException($"It did not come about:\n{string.Join('\n', _output)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    public async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> SendAsync(
        string method, string path, string? body = null, string? key = null, bool asAdmin = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (asAdmin)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        }

        var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, response);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Beside this test's own output, of the same configuration.
    private static string Program() =>
        Path.Combine(AppContext.BaseDirectory.Replace("EndToEnd.Tests", "Api", StringComparison.Ordinal), "ActorShop.Api.dll");

    private async Task RunAsync()
    {
        var (publicPort, operatorsPort) = _ports;
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Program() },
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Api__Public"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{publicPort}"),
                ["Api__Operators"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{operatorsPort}"),

                // Orleans listens for other silos and clients, also in a process of its own.
                ["Silo__Port"] = FreePort().ToString(CultureInfo.InvariantCulture),
                ["Silo__GatewayPort"] = FreePort().ToString(CultureInfo.InvariantCulture),
                ["Access__Keys__0__Name"] = "end-to-end",
                ["Access__Keys__0__Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AdminKey))),
                ["Access__Keys__0__Scopes__0"] = "admin",
            },
        };

        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        Client.Dispose();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{publicPort}"), Timeout = TimeSpan.FromSeconds(60) };
        Operators = new Uri($"http://127.0.0.1:{operatorsPort}");
        await WaitUntilReadyAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < StartLimit && _process is { HasExited: false })
        {
            try
            {
                using var ready = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        throw new InvalidOperationException($"The shop did not start:\n{string.Join('\n', _output)}");
    }

    private async Task KillAsync()
    {
        if (_process is null)
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }
}
