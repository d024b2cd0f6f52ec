using System.Globalization;
using System.Reflection;

namespace ActorShop.Storage.Sqlite;

/// <summary>The tables of the database, made and changed by numbered migrations: <c>Schema/0001-….sql</c> and so on.</summary>
/// <remarks>A migration that was released is never edited. The number of the last one applied is the file's <c>user_version</c>.</remarks>
internal static class SqliteSchema
{
    /// <summary>The version that this build reads and writes.</summary>
    public static int Version => Migrations[^1].Number;

    private static ImmutableArray<(int Number, string Resource)> Migrations { get; } =
    [
        .. typeof(SqliteSchema).Assembly.GetManifestResourceNames()
            .Where(static name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(static name => (int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    /// <summary>Brings the database to <see cref="Version"/>, each migration in a transaction of its own.</summary>
    /// <exception cref="OrleansConfigurationException">The database was written by a newer build.</exception>
    public static void Apply(SqliteSession session, string path)
    {
        var current = Convert.ToInt32(session.Scalar("pragma user_version"), CultureInfo.InvariantCulture);
        if (current > Version)
        {
            throw new OrleansConfigurationException(
                $"{path} has schema {current}; this build knows {Version} and cannot go back. Run the build that wrote it, or restore a backup.");
        }

        foreach (var (number, resource) in Migrations.Where(m => m.Number > current))
        {
            using var migration = session.Connection.CreateCommand();
            migration.CommandText = $"begin immediate;\n{Read(resource)}\npragma user_version = {number};\ncommit;";
            migration.ExecuteNonQuery();
        }
    }

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
