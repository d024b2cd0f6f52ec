using ActorShop.Health;
using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>Reads one silo's row of the membership table on a connection of its own, and completes synchronously: for a thread of its own.</summary>
/// <remarks>
/// It shares nothing with the rest of the silo: no pool of connections, no pool of threads. What holds those up must not stop it. Not safe from several
/// threads.
/// </remarks>
internal sealed class PostgresMembershipReader : IMembershipReader, IDisposable
{
    private const string Status = "select status from membership where deployment_id = $1 and address = $2 and port = $3 and generation = $4";
    private const int Dead = (int)SiloStatus.Dead;

    // Seconds, and the least that Npgsql takes. An answer that comes later is of no use.
    private const int Limit = 1;

    private readonly string _connectionString;
    private readonly string _clusterId;
    private readonly SiloAddress _silo;
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command;

    public PostgresMembershipReader(string connectionString, string clusterId, SiloAddress silo)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            ApplicationName = "actorshop-health",
            Timeout = Limit,
            CommandTimeout = Limit,

            // A connection that is late is closed at once, without a message to the server.
            CancellationTimeout = -1,
        };
        if (settings.GssEncryptionMode is GssEncryptionMode.Prefer)
        {
            // The default. After an attempt with it that ended by the limit, Npgsql makes another one without a limit.
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        _connectionString = settings.ConnectionString;
        _clusterId = clusterId;
        _silo = silo;
    }

    public ValueTask<Membership> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return ValueTask.FromResult(Command().ExecuteScalar() switch
            {
                null => Membership.Absent,
                Dead => Membership.Dead,
                _ => Membership.Member,
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _command?.Dispose();
        _connection?.Dispose();
        _command = null;
        _connection = null;
    }

    private NpgsqlCommand Command()
    {
        if (_command is not null)
        {
            return _command;
        }

        _connection = new NpgsqlConnection(_connectionString);
        _connection.Open();
        var command = new NpgsqlCommand(Status, _connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = _clusterId },
                new NpgsqlParameter<string> { TypedValue = _silo.Endpoint.Address.ToString() },
                new NpgsqlParameter<int> { TypedValue = _silo.Endpoint.Port },
                new NpgsqlParameter<int> { TypedValue = _silo.Generation },
            },
        };
        command.Prepare();
        return _command = command;
    }
}
