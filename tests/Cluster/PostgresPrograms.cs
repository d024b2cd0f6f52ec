using System.Diagnostics;
using System.Globalization;

namespace ActorShop.Cluster;

/// <summary>The programs of PostgreSQL on this machine, run as a user that they accept.</summary>
/// <remarks>PostgreSQL refuses to run as root, so root runs it as the user <c>postgres</c>, or as <c>nobody</c> where that user is missing.</remarks>
public sealed record PostgresPrograms(string Folder)
{
    /// <summary>The environment variable that names the folder; an empty folder stands for a machine without PostgreSQL.</summary>
    public const string Variable = "ACTORSHOP_POSTGRES_BIN";

    private const string Missing = $"PostgreSQL is not installed (initdb and postgres, below /usr/lib/postgresql, on the PATH or in {Variable}).";

    // The password travels by a pipe and a private file: every user can read a command line.
    private const string Initialization = """
        file=$(mktemp) && cat >"$file" || exit 1
        "$1" --pgdata "$2" --username shop --pwfile "$file" --auth scram-sha-256 --encoding UTF8 --locale C --no-sync
        result=$?
        rm -f "$file"
        exit $result
        """;

    // The path of a Unix socket has at most 107 bytes.
    private const int LongestSocketFolder = 90;

    /// <summary>Why tests that need PostgreSQL are skipped on this machine; null where they run.</summary>
    public static string? Absent { get; } = TryFind() is null ? Missing : null;

    private static string User =>
        File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>Finds them: the newest version of Debian's, or the first on the PATH.</summary>
    /// <exception cref="ClusterException">PostgreSQL is not installed.</exception>
    internal static PostgresPrograms Find() => TryFind() ?? throw new ClusterException(Missing);

    /// <summary>Makes the data folder of a server with one user, <c>shop</c>.</summary>
    internal async Task InitializeAsync(string data, string password, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(["chown", User, data], input: null, cancellationToken);
        }

        await RunAsync([.. AsUser(), "sh", "-c", Initialization, "sh", Path.Combine(Folder, "initdb"), data], password + "\n", cancellationToken);
    }

    /// <summary>Tells whether the user that runs the server can reach a folder.</summary>
    internal static async Task<bool> CanReachAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return true;
        }

        try
        {
            await RunAsync([.. AsUser(), "test", "-x", folder], input: null, cancellationToken);
            return true;
        }
        catch (ClusterException)
        {
            return false;
        }
    }

    /// <summary>How a server is started. It listens on an address, and on a Unix socket in its data folder where the path allows.</summary>
    /// <param name="settings">Settings of <c>postgresql.conf</c>, such as <c>max_wal_size=4GB</c>.</param>
    internal Launch Server(string data, string address, string log, params IEnumerable<string> settings)
    {
        var at = address.LastIndexOf(':');
        string[] all =
        [
            $"listen_addresses={address[..at]}", $"port={address[(at + 1)..]}", $"unix_socket_directories={(data.Length > LongestSocketFolder ? "" : data)}",
            "max_connections=200", .. settings,
        ];
        return new(
            [.. AsUser(), Path.Combine(Folder, "postgres"), "-D", data, .. all.SelectMany(static setting => (string[])["-c", setting])],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" },
            "/",
            log);
    }

    private static PostgresPrograms? TryFind() =>
        Candidates().FirstOrDefault(static folder => Has(folder, "initdb") && Has(folder, "postgres")) is { } folder ? new(folder) : null;

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return [named];
        }

        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(Version).Select(static folder => Path.Combine(folder, "bin"))
            : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator));
    }

    private static double Version(string folder) =>
        double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static bool Has(string folder, string program) => File.Exists(Path.Combine(folder, program));

    // setpriv becomes the program it runs, so that the started process is the server itself.
    private static string[] AsUser() =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid", User, "--regid", User is "nobody" ? "nogroup" : User, "--clear-groups"] : [];

    private static async Task RunAsync(string[] command, string? input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its error output says why.
        }

        var output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            var line = output[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? $"exit code {process.ExitCode}";
            throw new ClusterException($"the database cannot be created: {line}");
        }
    }
}
