using System.Diagnostics;
using System.Globalization;

namespace ActorShop.Cluster;

/// <summary>The programs of PostgreSQL on this machine, run as a user it accepts.</summary>
/// <remarks>PostgreSQL refuses to run as root, so root runs it as the user <c>postgres</c>, or as <c>nobody</c> where there is none.</remarks>
/// <param name="Folder">Where they are.</param>
internal sealed record PostgresPrograms(string Folder)
{
    /// <summary>The environment variable that names the folder; an empty folder stands for a machine without.</summary>
    public const string Variable = "ACTORSHOP_POSTGRES_BIN";

    /// <summary>Why there are none; for tests that want them and for people.</summary>
    public const string Missing =
        $"PostgreSQL (initdb and postgres, below /usr/lib/postgresql, on the PATH or in {Variable}) is not here";

    // The password comes by a pipe and a file of the user's own: a command line is everybody's to read.
    private const string Initialization = """
        file=$(mktemp) && cat >"$file" || exit 1
        "$1" --pgdata "$2" --username shop --pwfile "$file" --auth scram-sha-256 --encoding UTF8 --locale C
        result=$?
        rm -f "$file"
        exit $result
        """;

    private static string User =>
        File.ReadLines("/etc/passwd").Any(static line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>Finds them: the newest of Debian's, or the first on the PATH; null where there are none.</summary>
    public static PostgresPrograms? Find() =>
        Candidates().FirstOrDefault(static folder => Has(folder, "initdb") && Has(folder, "postgres")) is { } folder ? new(folder) : null;

    /// <summary>Makes the files of a server with one user, <c>shop</c>, and its password.</summary>
    /// <param name="data">Where; must be empty or missing.</param>
    /// <param name="password">Of the user.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task InitializeAsync(string data, string password, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync(["chown", User, data], input: null, cancellationToken);
        }

        await RunAsync([.. Changed(), "sh", "-c", Initialization, "sh", Path.Combine(Folder, "initdb"), data], password + "\n", cancellationToken);
    }

    /// <summary>Whether the user that runs the server can use a folder that is to be made.</summary>
    public static async Task<bool> CanReachAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return true;
        }

        try
        {
            await RunAsync([.. Changed(), "test", "-x", folder], input: null, cancellationToken);
            return true;
        }
        catch (ClusterException)
        {
            return false;
        }
    }

    /// <summary>How the server is started.</summary>
    public Launch Server(string data, string address, string log)
    {
        var at = address.LastIndexOf(':');
        return new(
            [
                .. Changed(), Path.Combine(Folder, "postgres"), "-D", data, "-c", $"listen_addresses={address[..at]}", "-c", $"port={address[(at + 1)..]}",
                "-c", "unix_socket_directories=", "-c", "max_connections=200",
            ],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" },
            "/",
            log);
    }

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

    // setpriv becomes the program it runs, so that the process that was started is the server itself.
    private static string[] Changed() =>
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
            // It ended without reading; its own words say why.
        }

        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            var line = said[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it does not say why";
            throw new ClusterException($"the database cannot be made: {line}");
        }
    }
}
