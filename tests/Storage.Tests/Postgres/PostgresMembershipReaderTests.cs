using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorShop.Health;
using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>
/// Goal: a silo learns its own status from the membership table, in a second or not at all. Method: rows as Orleans writes them; a lock and a lost
/// connection.
/// </summary>
[NeedsPostgres]
public sealed class PostgresMembershipReaderTests : IAsyncLifetime, IDisposable
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 11_111, 5);

    private string _connectionString = null!;
    private PostgresMembershipReader? _reader;

    public async Task InitializeAsync()
    {
        _connectionString = await TestServer.NewDatabaseAsync();
        _reader = new(_connectionString, "shop", Silo);
        await TestServer.ExecuteAsync(_connectionString, "insert into membership_version (deployment_id, version) values ('shop', 1), ('other', 1)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _reader?.Dispose();

    [ContractTheory]
    [InlineData(SiloStatus.Joining, Membership.Member)]
    [InlineData(SiloStatus.Active, Membership.Member)]
    [InlineData(SiloStatus.ShuttingDown, Membership.Member)]
    [InlineData(SiloStatus.Dead, Membership.Dead)]
    public async Task Silo_HasTheMembershipOfItsRow(SiloStatus status, Membership membership)
    {
        await AddAsync("shop", Silo, status);

        (await ReadAsync()).ShouldBe(membership);
    }

    [ContractFact]
    public async Task Silo_IsAbsent_WhenOnlyOthersHaveRows()
    {
        await AddAsync("other", Silo, SiloStatus.Active);
        await AddAsync("shop", SiloAddress.New(IPAddress.Loopback, 11_112, 5), SiloStatus.Active);
        await AddAsync("shop", SiloAddress.New(IPAddress.Loopback, 11_111, 4), SiloStatus.Dead);
        await AddAsync("shop", SiloAddress.New(IPAddress.Parse("10.0.0.1"), 11_111, 5), SiloStatus.Active);

        (await ReadAsync()).ShouldBe(Membership.Absent);
    }

    [ContractFact]
    public async Task Read_FailsInTime_WhenTheTableIsLocked_AndWorksAfterwards()
    {
        await AddAsync("shop", Silo, SiloStatus.Active);
        (await ReadAsync()).ShouldBe(Membership.Member);
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using (var connection = await source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        await using (var command = new NpgsqlCommand("lock table membership in access exclusive mode", connection, transaction))
        {
            await command.ExecuteNonQueryAsync();
            var watch = Stopwatch.StartNew();

            await Should.ThrowAsync<NpgsqlException>(ReadAsync);

            watch.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
        }

        (await ReadAsync()).ShouldBe(Membership.Member);
    }

    [ContractFact]
    public async Task Reader_ConnectsAgain_AfterItsConnectionIsLost()
    {
        await AddAsync("shop", Silo, SiloStatus.Active);
        (await ReadAsync()).ShouldBe(Membership.Member);
        await TestServer.ExecuteAsync(
            _connectionString,
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and application_name = 'actorshop-health'");

        await Should.ThrowAsync<NpgsqlException>(ReadAsync);

        (await ReadAsync()).ShouldBe(Membership.Member);
    }

    // Npgsql waits without limit in some of such attempts, if it asks for encryption by GSS.
    [ContractFact]
    public void Read_FailsInTime_WhenTheServerAcceptsAndDoesNotAnswer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(backlog: 200);
        var connectionString = new NpgsqlConnectionStringBuilder(_connectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)silent.LocalEndpoint).Port }.ConnectionString;
        var readers = Enumerable.Range(0, 60).Select(_ => new Thread(ReadTwice) { IsBackground = true }).ToArray();
        Array.ForEach(readers, static reader => reader.Start());

        var watch = Stopwatch.StartNew();
        foreach (var reader in readers)
        {
            reader.Join(TimeSpan.FromSeconds(Math.Max(0, 20 - watch.Elapsed.TotalSeconds))).ShouldBeTrue("a read waits without limit");
        }

        void ReadTwice()
        {
            using var reader = new PostgresMembershipReader(connectionString, "shop", Silo);
            for (var attempt = 0; attempt < 2; attempt++)
            {
                Should.Throw<NpgsqlException>(() => reader.ReadAsync(CancellationToken.None).AsTask());
            }
        }
    }

    // A read must not need another thread.
    private async Task<Membership> ReadAsync()
    {
        var read = _reader!.ReadAsync(CancellationToken.None);
        read.IsCompleted.ShouldBeTrue();
        return await read;
    }

    private Task AddAsync(string cluster, SiloAddress silo, SiloStatus status) => TestServer.ExecuteAsync(_connectionString, string.Create(
        CultureInfo.InvariantCulture,
        $"""
        insert into membership (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
        values ('{cluster}', '{silo.Endpoint.Address}', {silo.Endpoint.Port}, {silo.Generation}, 'silo', 'host', {(int)status}, 30000, now(), now())
        """));
}
