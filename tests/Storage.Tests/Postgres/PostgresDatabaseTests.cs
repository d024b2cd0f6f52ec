using System.Globalization;
using ActorShop.Cluster;
using ActorShop.Storage.Writer;

namespace ActorShop.Storage.Postgres;

/// <summary>Goal: database faults become typed failures, and the shop continues when the database is back.</summary>
/// <remarks>Method: a database server of the test's own is stopped, killed and started while grains write.</remarks>
[NeedsPostgres]
[Trait("Suite", "Chaos")]
public sealed class PostgresDatabaseTests : IAsyncLifetime
{
    private const int Grains = 64;

    private static readonly DateTimeOffset At = new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero);

    private PostgresServer _server = null!;
    private PostgresFixture _postgres = null!;

    public async Task InitializeAsync()
    {
        _server = await PostgresServer.StartNewAsync();
        _postgres = PostgresFixture.Of(_server.ConnectionString("postgres"), static options => options.MigrateAtStart = true);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _postgres.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task KilledServer_HasEveryAcknowledgedWrite(int rounds)
    {
        var acknowledged = new long[Grains];
        for (var round = 0; round < rounds; round++)
        {
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var left = 2_000;
            var writers = Enumerable.Range(0, Grains).Select(n => WriteUntilItFailsAsync(n, acknowledged, () =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    enough.SetResult();
                }
            })).ToArray();
            await enough.Task;

            await _server.KillAsync();
            var failures = await Task.WhenAll(writers);
            await _server.StartAsync();

            failures.ShouldAllBe(static failure => failure is OutcomeUnknownException || failure is StorageUnavailableException);
            failures.ShouldContain(static failure => failure is OutcomeUnknownException);
        }

        for (var n = 0; n < Grains; n++)
        {
            var state = await ReadAsync(n);
            var stored = long.Parse(state.ETag ?? "0", CultureInfo.InvariantCulture);

            // One more for each killing may be there: committed, and not said.
            stored.ShouldBeInRange(acknowledged[n], acknowledged[n] + 1);
            state.State!.Head.Coins.ShouldBe(stored);
            (await _postgres.Events.ReadAsync(Key(n), after: 0, limit: int.MaxValue)).Select(static e => e.Sequence)
                .ShouldBe(Enumerable.Range(1, (int)stored).Select(static s => (long)s));
        }

        (await _postgres.ReadModels.GetBalancesAsync()).Aggregate(Int128.Zero, static (sum, b) => sum + b.Balance.Amount).ShouldBe(Int128.Zero);
    }

    [ContractFact]
    public async Task QuestionThatTheServerCannotAnswer_IsABug_AndNotAFaultThatPasses()
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => _postgres.Database.QueryAsync(
            static session => session.SelectAsync($"select 9223372036854775807 + 1::bigint", static row => row.Long(0)))))
            .ShouldNotBeAssignableTo<OrleansException>();
    }

    [ContractFact]
    public async Task StoppedServer_FailsCalls_UntilItIsBack()
    {
        var state = await WriteAsync(0, await ReadAsync(0));
        await _server.StopAsync();

        var write = await Should.ThrowAsync<OrleansException>(() => WriteAsync(0, state));
        var second = await Should.ThrowAsync<StorageUnavailableException>(() => WriteAsync(1, new(new())));
        var read = await Should.ThrowAsync<StorageUnavailableException>(() => ReadAsync(0));
        var question = await Should.ThrowAsync<StorageUnavailableException>(() => _postgres.ReadModels.GetCategoriesAsync());
        var due = await Should.ThrowAsync<StorageUnavailableException>(() => _postgres.Due.TakeAsync(At, TimeSpan.FromSeconds(1), 1));
        await _server.StartAsync();

        // The first one may find a connection that died with nothing on its way: the writer cannot tell, and says so. Later ones can.
        (write is OutcomeUnknownException or StorageUnavailableException).ShouldBeTrue();
        new Exception[] { second, read, question, due }.ShouldAllBe(static e => e.InnerException != null);
        state = await WriteAsync(0, await ReadAsync(0));
        state.ETag.ShouldBe("2");
        (await _postgres.ReadModels.GetCategoriesAsync()).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task LostConnections_AreReplaced()
    {
        await _postgres.DisposeAsync();
        _postgres = PostgresFixture.Of(_server.ConnectionString("postgres"), static options => (options.MigrateAtStart, options.Writers) = (true, 1));
        var state = await WriteAsync(0, await ReadAsync(0));

        await _postgres.ScalarAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'actorshop'");
        await Should.ThrowAsync<OutcomeUnknownException>(() => WriteAsync(0, state));

        state = await WriteAsync(0, await ReadAsync(0));
        state.ETag.ShouldBe("2");
    }

    [ContractFact]
    public async Task Start_OnAnOldSchema_IsRefused_AndNamesTheCommand()
    {
        await using var strict = new PostgresFixture(_server.ConnectionString("postgres"));

        var refused = await Should.ThrowAsync<OrleansConfigurationException>(() => strict.Database.StartAsync(CancellationToken.None));

        refused.Message.ShouldContain("Run: database migrate");
        await Should.ThrowAsync<OrleansConfigurationException>(() => strict.Storage.ReadStateAsync("jar", GrainId.Create("jar", "x"), new GrainState<Jar>()));
    }

    [ContractFact]
    public async Task ServerThatMayLoseWrites_IsRefused_UnlessAllowed()
    {
        await using var lossy = await PostgresServer.StartNewAsync("synchronous_commit=off");
        await using var strict = new PostgresFixture(lossy.ConnectionString("postgres"), static options => options.MigrateAtStart = true);
        await using var allowing = new PostgresFixture(
            lossy.ConnectionString("postgres"), static options => (options.MigrateAtStart, options.AllowLoss) = (true, true));

        var refused = await Should.ThrowAsync<OrleansConfigurationException>(() => strict.Database.StartAsync(CancellationToken.None));

        refused.Message.ShouldStartWith("The server can lose what it acknowledged: synchronous_commit off.");
        await allowing.Database.StartAsync(CancellationToken.None);
    }

    [ContractFact]
    public async Task Database_OfAnotherService_IsRefused()
    {
        await _postgres.Database.StartAsync(CancellationToken.None);
        await _postgres.ScalarAsync("update service set id = 'another'");
        await using var beside = _postgres.Beside();

        var refused = await Should.ThrowAsync<OrleansConfigurationException>(() => beside.Database.StartAsync(CancellationToken.None));

        refused.Message.ShouldBe("The database belongs to the service \"another\", and this is \"shop\": a database holds one service.");
    }

    [ContractFact]
    public async Task DatabaseOfALivingCluster_IsRefused_AndOfAnEndedOne_IsClaimed()
    {
        await _postgres.Database.StartAsync(CancellationToken.None);
        await new PostgresClusterClaim(_postgres.Database, "one").ClaimAsync();
        await new PostgresClusterClaim(_postgres.Database, "one").ClaimAsync();
        var other = new PostgresClusterClaim(_postgres.Database, "other");

        // It has claimed the database just now, and joins in a moment.
        (await Should.ThrowAsync<OrleansConfigurationException>(() => other.ClaimAsync())).Message
            .ShouldStartWith("The database is used by the cluster \"one\", and this is \"other\"");

        await _postgres.ScalarAsync("update cluster set claimed_at = now() - interval '1 hour'");
        await _postgres.ScalarAsync("insert into membership_version values ('one', 1)");
        await _postgres.ScalarAsync(
            "insert into membership (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time) "
            + "values ('one', '10.0.0.1', 1, 1, 's', 'h', 3, 0, now(), now())");
        await Should.ThrowAsync<OrleansConfigurationException>(() => other.ClaimAsync());

        await _postgres.ScalarAsync("update membership set alive_time = now() - interval '91 seconds'");
        await other.ClaimAsync();
        await Should.ThrowAsync<OrleansConfigurationException>(() => new PostgresClusterClaim(_postgres.Database, "one").ClaimAsync());
    }

    [ContractFact]
    public async Task Start_WaitsForTheDatabase()
    {
        await _server.StopAsync();
        await using var patient = _postgres.Beside();
        var starting = patient.Database.StartAsync(CancellationToken.None);

        await _server.StartAsync();

        await starting;
    }

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"jar-{number}");

    private async Task<GrainState<EntityRecord<Jar, JarEvent>>> ReadAsync(int number)
    {
        var state = new GrainState<EntityRecord<Jar, JarEvent>>();
        await _postgres.Storage.ReadStateAsync("jar", GrainId.Create("jar", Key(number)), state);
        return state;
    }

    private async Task<GrainState<EntityRecord<Jar, JarEvent>>> WriteAsync(int number, GrainState<EntityRecord<Jar, JarEvent>> state)
    {
        state.State = Jars.Next(state.State!, At);
        await _postgres.Storage.WriteStateAsync("jar", GrainId.Create("jar", Key(number)), state);
        return state;
    }

    private async Task<Exception> WriteUntilItFailsAsync(int number, long[] acknowledged, Action onWrite)
    {
        try
        {
            var state = await ReadAsync(number);
            while (true)
            {
                state = await WriteAsync(number, state);
                acknowledged[number] = long.Parse(state.ETag!, CultureInfo.InvariantCulture);
                onWrite();
            }
        }
        catch (OrleansException failure)
        {
            return failure;
        }
    }
}
