using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ActorShop.Cluster;

/// <summary>A PostgreSQL for one test or benchmark, with its data in a temporary folder.</summary>
/// <remarks>
/// Durable as in production: a killed server keeps on disk what it acknowledged. It lives at most as long as this process, however that ends:
/// a shell watches a pipe from this process, and stops the server and deletes the folder when the pipe closes.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // The server's process changes with each start, so its id comes from the file that the server keeps.
    private const string Watchdog = """
        cat >/dev/null
        pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -INT "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
        rm -rf "$1"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("actorshop-pg-").FullName;
    private readonly string _address = FreePort.Addresses(1)[0];
    private readonly string[] _settings;
    private readonly Process _watchdog;
    private ClusterDatabase? _database;
    private ProcessMark _process;
    private int _databases;

    private PostgresServer(string[] settings)
    {
        _settings = ["shared_buffers=64MB", "log_checkpoints=off", .. settings];

        // In a session of its own, so that Ctrl-C does not reach it.
        _watchdog = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Watchdog, "sh", _folder])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
    }

    /// <param name="settings">Settings of <c>postgresql.conf</c> besides the usual ones, such as <c>max_wal_size=4GB</c>.</param>
    public static async Task<PostgresServer> StartNewAsync(params string[] settings)
    {
        var server = new PostgresServer(settings);
        try
        {
            var database = await ClusterDatabase.CreateAsync(Path.Combine(server._folder, "data"), CancellationToken.None);
            server._database = database.Over(database.Folder!, server._address);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of a database of the server, over its Unix socket.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_database!.ConnectionString) { Database = database }.ConnectionString + ";PersistSecurityInfo=true";

    /// <summary>What the server and its connections have used, in steps of 10 ms; of those that are closed nothing.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime();

    public string NewDatabaseName() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");

    /// <summary>Starts the stopped server and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _process = ProcessControl.Start(_database!.Server(_address, Path.Combine(_folder, "log"), _settings));
        await _database.WaitAsync(Patience, () => _process.Look() is ProcessCondition.Gone, TimeProvider.System, CancellationToken.None);
    }

    public async Task StopAsync()
    {
        ProcessControl.Send(_process, UnixSignal.Interrupt);
        if (!await ProcessControl.WaitForEndAsync(_process, Patience, TimeProvider.System, CancellationToken.None))
        {
            await KillAsync();
        }
    }

    /// <summary>Kills the server (kill -9) and waits until all its processes have ended.</summary>
    public Task KillAsync() => ProcessControl.KillTreeAsync(_process, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _watchdog.StandardInput.Close();
        await _watchdog.WaitForExitAsync();
        _watchdog.Dispose();
    }
}
