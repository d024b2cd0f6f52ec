using System.Globalization;
using System.Reflection;

namespace ActorShop.Storage.Sqlite;

/// <summary>The tables of the database, made by numbered migrations: <c>Schema/0001-….sql</c> and so on.</summary>
/// <remarks>A released migration is never edited. The file's <c>user_version</c> is the number of the last one that was applied.</remarks>
internal static class SqliteSchema
{
    /// <summary>The version that this program reads and writes.</summary>
    public static int Version => Migrations[^1].Number;

    private static ImmutableArray<(int Number, string Resource)> Migrations { get; } =
    [
        .. typeof(SqliteSchema).Assembly.GetManifestResourceNames()
            .Where(static name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(static name => (int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    /// <summary>Brings the database to a version, each migration in a transaction of its own.</summary>
    /// <exception cref="OrleansConfigurationException">The database was written by a newer program.</exception>
    public static void Apply(SqliteSession session, string path, int version)
    {
        var current = Convert.ToInt32(session.Scalar("pragma user_version"), CultureInfo.InvariantCulture);
        if (current > version)
        {
            throw new OrleansConfigurationException(
                $"{path} has schema {current}, and this program knows {version}: it is newer. Use the program that wrote it, or restore a backup.");
        }

        foreach (var (number, resource) in Migrations.Where(m => m.Number > current && m.Number <= version))
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
