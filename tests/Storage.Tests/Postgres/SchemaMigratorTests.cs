using ActorShop.Storage.Migrations;
using ActorShop.Storage.Writer;
using Npgsql;

namespace ActorShop.Storage.Postgres;

/// <summary>Goal: a database is migrated in whole steps, or stays as it is and the reason is stated.</summary>
[NeedsPostgres]
[Trait("Suite", "Contract")]
public sealed class SchemaMigratorTests : IAsyncLifetime
{
    private NpgsqlDataSource _source = null!;

    public async Task InitializeAsync() => _source = NpgsqlDataSource.Create(await TestServer.NewEmptyDatabaseAsync());

    public async Task DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task EmptyDatabase_GetsEveryMigration_Once()
    {
        var told = new List<Migration>();

        var first = await new SchemaMigrator(_source).MigrateAsync(told.Add);
        var second = await new SchemaMigrator(_source).MigrateAsync();
        var status = await new SchemaMigrator(_source).GetStatusAsync();

        first.ShouldBe(Migration.All);
        told.ShouldBe(first);
        second.ShouldBeEmpty();
        status.IsCurrent.ShouldBeTrue();
        status.Applied.Select(static m => m.Number).ShouldBe(Enumerable.Range(1, Migration.All.Length));
    }

    [ContractFact]
    public async Task Status_OfAnEmptyDatabase_IsPending_AndChangesNothing()
    {
        var status = await new SchemaMigrator(_source).GetStatusAsync();

        status.Pending.ShouldBe(Migration.All);
        status.IsCurrent.ShouldBeFalse();
        (await ScalarAsync("select count(*) from information_schema.tables where table_schema = 'public'")).ShouldBe(0L);
    }

    [ContractFact]
    public async Task ConcurrentMigrators_ApplyEachMigrationOnce()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new SchemaMigrator(_source).MigrateAsync()));

        applied.Sum(static some => some.Length).ShouldBe(Migration.All.Length);
    }

    // The first six migrations are those of the version before, whose write function is still called as it called it.
    [ContractFact]
    public async Task DatabaseOfThePreviousVersion_IsUpgraded_WithItsEntities()
    {
        await new SchemaMigrator(_source, Migration.All[..6]).MigrateAsync();
        await ScalarAsync(
            """
            insert into service (id) values ('shop');
            insert into grain_state (service_id, state_name, key, version, sequence, label, due_bucket, due_at, head)
            values ('shop', 'jar', 'pot', 2, 2, 'filling', 3, '2011-12-09 12:50:00+00', '{"coins":2}');
            insert into events (stream, seq, at, type, reference, data)
            select 'pot', n, '2011-12-09 12:50:00+00', 'filled', n, '{"kind":"filled","coins":1}' from generate_series(1, 2) as n;
            insert into products (id, name, folded, category, skus, created_at, archived)
            values ('prod_1', 'Mug', 'mug', null, '{A,"B C"}', '2011-12-09 12:50:00+00', false);
            insert into marks (topic, stream, seq) values ('reporting', 'prod_1', 1);
            insert into events (stream, seq, at, type, data) values
            """ + string.Join(", ", ShopEvents.OfEarlierVersions.Select(static e => $"('{e.Stream}', 1, '2011-12-09 12:50:00+00', '{e.Type}', '{e.Data}')")));

        await using var shop = new PostgresFixture(_source.ConnectionString, static options => options.MigrateAtStart = true);
        var due = await shop.Due.TakeAsync(new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero), TimeSpan.FromSeconds(5), limit: 9);
        var state = new GrainState<EntityRecord<Jar, JarEvent>>();
        await shop.Storage.ReadStateAsync("jar", GrainId.Create("jar", "pot"), state);
        state.State = Jars.Next(state.State!, new(2011, 12, 10, 0, 0, 0, TimeSpan.Zero));
        await shop.Storage.WriteStateAsync("jar", GrainId.Create("jar", "pot"), state);

        due.Single().Key.ShouldBe("pot");
        (state.ETag, state.State.Head.Coins).ShouldBe(("3", 3));
        (await shop.Events.ReadAsync("pot", after: 0, limit: 9)).Select(static e => e.Sequence).ShouldBe([1, 2, 3]);
        await ShopEvents.ShouldBeProjectedAsync(shop.ReadModels);
    }

    /// <summary>Goal: during a rolling upgrade, silos of the version with marks write and list as before, and only this version projects.</summary>
    [ContractFact]
    public async Task DatabaseWithMarks_IsUpgraded_WhileSilosOfItsVersionWrite()
    {
        await new SchemaMigrator(_source, Migration.All[..12]).MigrateAsync();
        await ScalarAsync(ShopEvents.OfTheVersionWithMarks(at: "'2011-11-04 12:00:00+00'"));
        await using var writing = await _source.OpenConnectionAsync();
        await using var transaction = await writing.BeginTransactionAsync();
        await ScalarAsync(writing, "insert into outbox (topic, stream, seq, at) values ('mail', 'ord_1', 1, now())");

        await using var shop = new PostgresFixture(_source.ConnectionString, static options => options.MigrateAtStart = true);
        var continued = ShopEvents.ShouldBeContinuedAsync(shop.ReadModels);
        await transaction.CommitAsync();
        await continued;

        // As a write of the version before that was under way, its list of the outbox, and its projection.
        await ScalarAsync("insert into outbox (topic, stream, seq, at) select 'mail', 'ord_2', n, now() from generate_series(1, 2) as n");
        (await ScalarAsync("select count(*) from outbox where (topic, stream, seq) > ('mail', 'ord_1', 1)")).ShouldBe(2L);
        (await Should.ThrowAsync<PostgresException>(() => ScalarAsync("select stream, seq from marks"))).SqlState.ShouldBe(PostgresErrorCodes.UndefinedTable);
    }

    [ContractFact]
    public async Task DatabaseOfANewerProgram_IsRefused_AndNotTouched()
    {
        await Migrator(1, 2, 3).MigrateAsync();

        var refused = await Should.ThrowAsync<SchemaException>(() => Migrator(1, 2).MigrateAsync());

        refused.Message.ShouldStartWith("The database has migration 0003-step, and this program knows 2: it is newer.");
        (await Migrator(1, 2).GetStatusAsync()).IsCurrent.ShouldBeFalse();
    }

    [ContractFact]
    public async Task EditedMigration_IsRefused_AndLaterOnesAreNotApplied()
    {
        await Migrator(1, 2).MigrateAsync();
        var edited = new SchemaMigrator(_source, [Step(1), Migration.Of("0002-step.sql", "create table t2 (n bigint)"), Step(3)]);

        var refused = await Should.ThrowAsync<SchemaException>(() => edited.MigrateAsync());

        refused.Message.ShouldStartWith("Migration 0002-step was changed after it was applied");
        (await ScalarAsync("select to_regclass('t3') is null")).ShouldBe(true);
    }

    [ContractFact]
    public async Task FailedMigration_IsRolledBack_AndEarlierOnesStay()
    {
        var failing = new SchemaMigrator(_source, [Step(1), Migration.Of("0002-bad.sql", "create table half (n integer); insert into nowhere values (1);")]);

        var failed = await Should.ThrowAsync<SchemaException>(() => failing.MigrateAsync());

        failed.Message.ShouldContain("Migration 0002-bad failed and was rolled back");
        (await ScalarAsync("select to_regclass('half') is null and to_regclass('t1') is not null")).ShouldBe(true);
        (await Migrator(1, 2).MigrateAsync()).ShouldBe([Step(2)]);
    }

    [ContractFact]
    public void Checksum_DoesNotDependOnLineEnds() =>
        Migration.Of("0001-a.sql", "select 1;\r\nselect 2;\r\n").ShouldBe(Migration.Of("0001-a.sql", "select 1;\nselect 2;\n"));

    private static Migration Step(int number) => Migration.Of(FormattableString.Invariant($"{number:D4}-step.sql"), FormattableString.Invariant($"create table t{number} (n integer)"));

    private SchemaMigrator Migrator(params int[] steps) => new(_source, [.. steps.Select(Step)]);

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = await _source.OpenConnectionAsync();
        return await ScalarAsync(connection, sql);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
