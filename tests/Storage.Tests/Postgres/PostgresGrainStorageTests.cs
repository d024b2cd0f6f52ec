using ActorShop.Storage.Writer;
using Orleans.Storage;

namespace ActorShop.Storage.Postgres;

[NeedsPostgres]
public sealed class PostgresGrainStorageTests : GrainStorageContract
{
    private PostgresFixture Postgres => (PostgresFixture)Fixture;

    private protected override async Task<StorageFixture> OpenAsync() => await PostgresFixture.OpenAsync();

    [ContractFact]
    public async Task ConcurrentFirstWrites_OfTwoSilos_StoreOne()
    {
        await using var beside = Postgres.Beside();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => TryFirstWriteAsync(n % 2 == 0 ? Postgres : beside)));

        outcomes.Count(static won => won).ShouldBe(1);
        (await Postgres.ScalarAsync("select count(*) from grain_state")).ShouldBe(1L);
        (await Events.ReadAsync("pot", after: 0, limit: 10)).Length.ShouldBe(1);
    }

    [ContractFact]
    public async Task ConcurrentReads_ReturnTheirOwnStates()
    {
        var grains = Enumerable.Range(0, 300).Select(static n => Id(Grain(n))).ToArray();
        await Task.WhenAll(grains.Index().Where(static grain => grain.Index % 3 > 0).Select(async grain =>
        {
            var state = new GrainState<EntityRecord<Jar, JarEvent>>(new());
            for (var write = 0; write < grain.Index % 3; write++)
            {
                state.State = Jars.Next(state.State!, At);
                await Storage.WriteStateAsync("jar", grain.Item, state);
            }
        }));

        var read = await Task.WhenAll(grains.Select(async grain =>
        {
            var state = new GrainState<EntityRecord<Jar, JarEvent>>();
            await Storage.ReadStateAsync("jar", grain, state);
            return state;
        }));

        read.Select(static state => state.State!.Sequence).ShouldBe(grains.Index().Select(static grain => (long)(grain.Index % 3)));
        read.Select(static state => state.RecordExists).ShouldBe(grains.Index().Select(static grain => grain.Index % 3 > 0));
    }

    [ContractFact]
    public async Task TwoSilos_ThatWriteTheSameGrains_DoNotDeadlock()
    {
        await using var beside = Postgres.Beside();
        var grains = Enumerable.Range(0, 100).Select(Grain).ToArray();
        var written = 0;

        // Each side writes every jar ten times. A deadlock would fail a write.
        await Task.WhenAll(new[] { Postgres, beside }.SelectMany(side => grains.Select(async grain =>
        {
            for (var round = 0; round < 10; round++)
            {
                var state = new GrainState<EntityRecord<Jar, JarEvent>>();
                await side.Storage.ReadStateAsync("jar", Id(grain), state);
                state.State = Jars.Next(state.State!, At);
                try
                {
                    await side.Storage.WriteStateAsync("jar", Id(grain), state);
                    Interlocked.Increment(ref written);
                }
                catch (InconsistentStateException)
                {
                    // The other side was first.
                }
            }
        })));

        (await Postgres.ScalarAsync("select count(*) from events")).ShouldBe((long)written);
        (await Postgres.ScalarAsync("select sum(version)::bigint from grain_state")).ShouldBe((long)written);
        (await Postgres.ScalarAsync("select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe(0L);
    }

    [ContractFact]
    public async Task RefusedWrite_FailsAlone()
    {
        var spoilt = await FilledAsync("jar/spoilt", times: 1);

        // An event that exists already. No grain does this.
        spoilt.State = Jars.Next(new() { Head = spoilt.State!.Head, Sequence = 0 }, At);
        var others = Enumerable.Range(0, 100).Select(n => FilledAsync(Grain(n), times: 2)).ToList();
        var refused = await Should.ThrowAsync<StorageFaultException>(() => WriteAsync("jar/spoilt", spoilt));
        await Task.WhenAll(others);

        refused.Code.ShouldBe("23505");
        (await ReadAsync("jar/spoilt")).ETag.ShouldBe("1");
    }

    [ContractFact]
    public async Task FullQueue_RejectsAtOnce_AndWritesNothing()
    {
        await using var small = new PostgresFixture(Postgres.ConnectionString, static options => (options.QueueLimit, options.BatchLimit, options.Writers) = (2, 1, 1));
        await FilledAsync("jar/pot", times: 1);
        await using var locker = await Postgres.Database.Source.OpenConnectionAsync();
        await using (var transaction = await locker.BeginTransactionAsync())
        {
            await using var hold = new Npgsql.NpgsqlCommand("lock table grain_state in exclusive mode", locker);
            await hold.ExecuteNonQueryAsync();
            await small.Database.ReadyAsync();

            // The queue takes two, and the writer holds a few more.
            var writes = Enumerable.Range(0, 40).Select(n => TryWriteAsync(small, Grain(n))).ToList();
            var rejected = await Task.WhenAny(writes);
            (await rejected).ShouldBe("rejected");
            await transaction.RollbackAsync();

            var outcomes = await Task.WhenAll(writes);
            outcomes.Count(static outcome => outcome is "written").ShouldBeInRange(2, 4);
            (await Postgres.ScalarAsync("select count(*) from grain_state where key like 'jar-%'"))
                .ShouldBe((long)outcomes.Count(static outcome => outcome is "written"));
        }
    }

    [ContractFact]
    public async Task FewWrites_WaitForTheCurrentBatch_AndManyDoNot()
    {
        var held = await FilledAsync("jar/held", times: 1);
        held.State = Jars.Next(held.State!, At);
        await using var locker = await Postgres.Database.Source.OpenConnectionAsync();
        await using var transaction = await locker.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand("select from grain_state where key = 'held' for update", locker);
        await hold.ExecuteNonQueryAsync();

        var first = Storage.WriteStateAsync("jar", Id("jar/held"), held);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => FilledAsync(Grain(n), times: 1)));

        // A second batch has started beside the held one, with all sixteen writes in one transaction.
        first.IsCompleted.ShouldBeFalse();
        (await Postgres.ScalarAsync("select count(distinct xmin::text) from grain_state where key like 'jar-%'")).ShouldBe(1L);

        await transaction.RollbackAsync();
        await first;
    }

    private static async Task<bool> TryFirstWriteAsync(PostgresFixture side)
    {
        try
        {
            await side.Storage.WriteStateAsync("jar", Id("jar/pot"), New());
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static async Task<string> TryWriteAsync(PostgresFixture side, string grain)
    {
        try
        {
            await side.Storage.WriteStateAsync("jar", Id(grain), New());
            return "written";
        }
        catch (LimitExceededException)
        {
            return "rejected";
        }
    }
}
