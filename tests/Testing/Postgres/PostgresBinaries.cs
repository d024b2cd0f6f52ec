using System.Globalization;

namespace ActorShop.Testing.Postgres;

/// <summary>Where the programs of PostgreSQL are on this machine.</summary>
public static class PostgresBinaries
{
    /// <summary>The environment variable that names the folder; an empty folder stands for a machine without.</summary>
    public const string Variable = "ACTORSHOP_POSTGRES_BIN";

    /// <summary>Why tests that want PostgreSQL are skipped here; null where they run.</summary>
    public static string? Absent { get; } = Folder is null
        ? $"PostgreSQL (initdb and postgres, below /usr/lib/postgresql, on the PATH or in {Variable}) is not here."
        : null;

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>: the newest version of Debian's, or the first on the PATH.</summary>
    public static string? Folder => Candidates().FirstOrDefault(static folder => Has(folder, "initdb") && Has(folder, "postgres"));

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
}
