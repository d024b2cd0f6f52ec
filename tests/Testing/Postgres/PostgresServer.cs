using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ActorShop.Testing.Postgres;

/// <summary>A PostgreSQL of the tests' own, in a temporary folder, reached through a socket in that folder.</summary>
/// <remarks>
/// <para>
/// Durable as a real one is: a killed server has on its disk what it acknowledged. It lives at most as long as this process: a shell
/// between the two waits for its input to end, which it does however the process ends, and then stops the server by its id.
/// </para>
/// <para>PostgreSQL refuses to run as root, so root runs it as the user <c>postgres</c>, or as <c>nobody</c> where there is none.</para>
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Ready = "database system is ready to accept connections";
    private const int MostStarts = 50;

    // One line ends the server and keeps its folder; the end of the input ends both. The output is the server's alone, and ends with it.
    private const string Keeper = """
        "$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= 2>&1 &
        server=$!
        exec >/dev/null
        read -r word
        kill -INT "$server" 2>/dev/null
        wait "$server"
        [ "$word" = keep ] || rm -rf "$1"
        """;

    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _log = new();
    private Process? _keeper;
    private int _databases;

    private PostgresServer(DirectoryInfo folder) => _folder = folder;

    private static string User =>
        File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>What the server said, the last of it.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>The id of the server's first process, its postmaster.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(_folder.FullName, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>Makes a server and starts it.</summary>
    /// <param name="settings">Of <c>postgresql.conf</c>, beside those of the tests.</param>
    public static async Task<PostgresServer> StartNewAsync(params string[] settings)
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("actorshop-pg-"));
        try
        {
            await server.InitializeAsync(settings);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to reach a database of the server.</summary>
    public string ConnectionString(string database) => $"Host={_folder.FullName};Username=shop;Database={database}";

    /// <summary>A name that no database of the server has yet.</summary>
    public string NewDatabaseName() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");

    /// <summary>Starts the server, which is stopped.</summary>
    public async Task StartAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            _keeper = Process.Start(Run("sh", "-c", Keeper, "sh", _folder.FullName, PostgresBinaries.Folder!))!;
            if (await ReadUntilReadyAsync(_keeper))
            {
                return;
            }

            // What is left of a killed server holds its memory for a moment, and a new one does not start beside it.
            await StopKeeperAsync("keep");
            if (attempt == MostStarts)
            {
                throw new InvalidOperationException($"PostgreSQL does not start:\n{Log}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Stops the server as an operator does who is in a hurry: connections are cut.</summary>
    public Task StopAsync() => StopKeeperAsync("keep");

    /// <summary>Kills the postmaster: the other processes of the server notice and end, with no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        using var postmaster = Process.GetProcessById(ProcessId);
        postmaster.Kill();
        await StopKeeperAsync("keep");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopKeeperAsync("end");
        if (Directory.Exists(_folder.FullName))
        {
            _folder.Delete(recursive: true);
        }
    }

    private static ProcessStartInfo Run(string program, params string[] arguments)
    {
        string[] all = Environment.IsPrivilegedProcess
            ? ["runuser", "-u", User, "--", program, .. arguments]
            : [program, .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private async Task InitializeAsync(string[] settings)
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(new ProcessStartInfo("chown", [User, _folder.FullName]), input: string.Empty);
        }

        var data = Path.Combine(_folder.FullName, "data");
        await RunAsync(
            Run(
                Path.Combine(PostgresBinaries.Folder!, "initdb"),
                "--pgdata", data, "--username", "shop", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
            input: string.Empty);

        string[] own = ["max_connections = 200", "shared_buffers = 64MB", "log_min_messages = warning", "log_checkpoints = off", .. settings];
        await RunAsync(
            Run("sh", "-c", "cat >> \"$1\"", "sh", Path.Combine(data, "postgresql.auto.conf")), input: string.Join('\n', own) + "\n");
    }

    private static async Task RunAsync(ProcessStartInfo start, string input)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed:\n{string.Concat(said)}");
        }
    }

    private async Task<bool> ReadUntilReadyAsync(Process keeper)
    {
        var ready = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        keeper.OutputDataReceived += (_, line) =>
        {
            Note(line.Data);
            if (line.Data is null)
            {
                ready.TrySetResult(false);
            }
            else if (line.Data.Contains(Ready, StringComparison.Ordinal))
            {
                ready.TrySetResult(true);
            }
        };
        keeper.BeginOutputReadLine();
        return await ready.Task;
    }

    private void Note(string? line)
    {
        const int Kept = 100_000;
        lock (_log)
        {
            _log.AppendLine(line);
            if (_log.Length > Kept)
            {
                _log.Remove(0, _log.Length - Kept);
            }
        }
    }

    private async Task StopKeeperAsync(string word)
    {
        if (Interlocked.Exchange(ref _keeper, value: null) is { } keeper)
        {
            try
            {
                await keeper.StandardInput.WriteLineAsync(word);
                keeper.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended already.
            }

            await keeper.WaitForExitAsync();
            keeper.Dispose();
        }
    }
}
