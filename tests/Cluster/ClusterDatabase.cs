using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using ActorShop.Storage.Migrations;
using Npgsql;

namespace ActorShop.Cluster;

/// <summary>The database of a cluster: its own server with a data folder, or an existing one without. The connection string has the password.</summary>
internal sealed record ClusterDatabase(string ConnectionString, string? Folder)
{
    private const string Name = "shop";

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    /// <summary>Creates the data folder of a server.</summary>
    /// <param name="data">The folder to create; if the user that runs the server cannot reach it, a temporary folder takes its place.</param>
    /// <exception cref="ClusterException">PostgreSQL is not installed, or it refuses.</exception>
    public static async Task<ClusterDatabase> CreateAsync(string data, CancellationToken cancellationToken)
    {
        var programs = PostgresPrograms.Find();
        var folder = Path.GetDirectoryName(data)!;
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            // The user that runs the server may enter the folder, but not list it.
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        }

        if (!await PostgresPrograms.CanReachAsync(folder, cancellationToken))
        {
            data = Directory.CreateTempSubdirectory("actorshop-pg-").FullName;
        }

        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await programs.InitializeAsync(data, password, cancellationToken);
        return new(new NpgsqlConnectionStringBuilder { Username = "shop", Password = password, Database = Name }.ConnectionString, data);
    }

    public ClusterDatabase At(string address) => Over(address[..address.LastIndexOf(':')], address);

    /// <summary>The same database at the port of an address, over another host or the folder of a Unix socket.</summary>
    public ClusterDatabase Over(string host, string address) => this with
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Host = host,
            Port = int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture),
        }.ConnectionString,
    };

    public Launch Server(string address, string log, params IEnumerable<string> settings) => PostgresPrograms.Find().Server(Folder!, address, log, settings);

    /// <summary>Waits until the server answers, or has ended.</summary>
    /// <exception cref="ClusterException">It did not answer in time, or it refused the connection.</exception>
    public async Task WaitAsync(TimeSpan patience, Func<bool> isGone, TimeProvider clock, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (await AskAsync(cancellationToken) is { } trouble)
        {
            if (isGone() || clock.GetElapsedTime(began) > patience)
            {
                throw new ClusterException($"the database cannot be reached: {trouble}");
            }

            await Task.Delay(Again, clock, cancellationToken);
        }
    }

    /// <summary>Connects to the server once.</summary>
    /// <returns>Null if it answers, else the reason.</returns>
    /// <exception cref="ClusterException">It refused the connection.</exception>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var source = Source();
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return null;
        }
        catch (PostgresException refused) when (refused.SqlState is not PostgresErrorCodes.CannotConnectNow)
        {
            throw Refused(refused);
        }
        catch (Exception away) when (away is NpgsqlException or SocketException or TimeoutException)
        {
            return away.Message;
        }
    }

    /// <summary>Brings the schema up to date, and creates the database first in its own server.</summary>
    /// <exception cref="ClusterException">The schema is newer, or the server refuses.</exception>
    public async Task MigrateAsync(Action<Migration> onApplied, CancellationToken cancellationToken)
    {
        try
        {
            if (Folder is not null)
            {
                await MakeAsync(cancellationToken);
            }

            await using var source = NpgsqlDataSource.Create(ConnectionString);
            await new SchemaMigrator(source).MigrateAsync(onApplied, cancellationToken);
        }
        catch (SchemaException trouble)
        {
            throw new ClusterException(trouble.Message, trouble);
        }
        catch (PostgresException refused)
        {
            throw Refused(refused);
        }
    }

    private static ClusterException Refused(PostgresException refused) =>
        new($"the database refuses: {refused.MessageText} ({refused.SqlState})", refused);

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        await using var source = Source();
        await using var command = source.CreateCommand($"create database {Name}");
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exists) when (exists.SqlState is PostgresErrorCodes.DuplicateDatabase)
        {
            // It exists since the last start.
        }
    }

    // In its own server the database may not exist yet.
    private NpgsqlDataSource Source()
    {
        var builder = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        if (Folder is not null)
        {
            builder.Database = "postgres";
        }

        return NpgsqlDataSource.Create(builder);
    }
}
