using System.Globalization;
using ActorShop.Storage.Writer;
using Orleans.Storage;

namespace ActorShop.Storage.Postgres;

[NeedsPostgres]
public sealed class PostgresGrainStorageTests : GrainStorageContract
{
    private static readonly DateTimeOffset At = new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero);

    private PostgresFixture _postgres = null!;

    protected override IGrainStorage Storage => _postgres.Storage;

    protected override IEventTable Events => _postgres.Get<IEventTable>();

    protected override IDueTable Due => _postgres.Get<IDueTable>();

    public override async Task InitializeAsync() => _postgres = await PostgresFixture.OpenAsync();

    public override async Task DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }

    protected override Task RestartAsync() => _postgres.CloseAsync();

    [ContractFact]
    public async Task FirstWrites_OfManySilosAtOnce_LeaveOneWinner()
    {
        await using var beside = _postgres.Beside();
        var outcomes = new List<Task<bool>>();
        for (var i = 0; i < 20; i++)
        {
            outcomes.Add(TryFirstWriteAsync(i % 2 == 0 ? _postgres : beside));
        }

        (await Task.WhenAll(outcomes)).Count(static won => won).ShouldBe(1);
        (await _postgres.ScalarAsync("select count(*) from grain_state")).ShouldBe(1L);
        (await Events.ReadAsync("pot", after: 0, limit: 10)).Length.ShouldBe(1);
    }

    [ContractFact]
    public async Task Reads_OfManyGrainsAtOnce_AreEachAnsweredWithTheirOwn()
    {
        var grains = Enumerable.Range(0, 300).Select(static n => Id(string.Create(CultureInfo.InvariantCulture, $"jar/jar-{n}"))).ToArray();
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
    public async Task TwoSilos_ThatWriteTheSameGrainsAtOnce_NeverWaitInARing()
    {
        await using var beside = _postgres.Beside();
        var grains = Enumerable.Range(0, 100).Select(static n => string.Create(CultureInfo.InvariantCulture, $"jar/jar-{n}")).ToArray();
        var written = 0;

        // Each side fills every jar again and again, and reads it anew when it was refused: deadlocks would end in failures.
        await Task.WhenAll(new[] { _postgres, beside }.SelectMany(side => grains.Select(async grain =>
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

        (await _postgres.ScalarAsync("select count(*) from events")).ShouldBe((long)written);
        (await _postgres.ScalarAsync("select sum(version)::bigint from grain_state")).ShouldBe((long)written);
        (await _postgres.ScalarAsync("select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe(0L);
    }

    [ContractFact]
    public async Task Write_ThatTheServerRefuses_FailsAlone()
    {
        var spoilt = await FilledAsync("jar/spoilt", times: 1);

        // An event that is there already under another head: what no grain of ours does.
        spoilt.State = Jars.Next(new() { Head = spoilt.State!.Head, Sequence = 0 }, At);
        var others = Enumerable.Range(0, 100).Select(n => FilledAsync(string.Create(CultureInfo.InvariantCulture, $"jar/jar-{n}"), times: 2)).ToList();
        var refused = await Should.ThrowAsync<StorageFaultException>(() => WriteAsync("jar/spoilt", spoilt));
        await Task.WhenAll(others);

        refused.Code.ShouldBe("23505");
        (await ReadAsync("jar/spoilt")).ETag.ShouldBe("1");
    }

    [ContractFact]
    public async Task FullQueue_RejectsAtOnce_AndRejectedWritesDoNotHappen()
    {
        await using var small = new PostgresFixture(_postgres.ConnectionString, static options => (options.QueueLimit, options.BatchLimit, options.Writers) = (2, 1, 1));
        await FilledAsync("jar/pot", times: 1);
        await using var locker = await _postgres.Database.Source.OpenConnectionAsync();
        await using (var transaction = await locker.BeginTransactionAsync())
        {
            await using var hold = new Npgsql.NpgsqlCommand("lock table grain_state in exclusive mode", locker);
            await hold.ExecuteNonQueryAsync();
            await small.Database.ReadyAsync();

            // As many as may wait, and those that the writer holds in its hands; then no more.
            var writes = Enumerable.Range(0, 40).Select(n => TryWriteAsync(small, string.Create(CultureInfo.InvariantCulture, $"jar/jar-{n}"))).ToList();
            var rejected = await Task.WhenAny(writes);
            (await rejected).ShouldBe("rejected");
            await transaction.RollbackAsync();

            var outcomes = await Task.WhenAll(writes);
            outcomes.Count(static outcome => outcome is "written").ShouldBeInRange(2, 4);
            (await _postgres.ScalarAsync("select count(*) from grain_state where key like 'jar-%'"))
                .ShouldBe((long)outcomes.Count(static outcome => outcome is "written"));
        }
    }

    [ContractFact]
    public async Task FewWrites_WaitForTheBatchUnderWay_AndManyDoNot()
    {
        var held = await FilledAsync("jar/held", times: 1);
        held.State = Jars.Next(held.State!, At);
        await using var locker = await _postgres.Database.Source.OpenConnectionAsync();
        await using var transaction = await locker.BeginTransactionAsync();
        await using var hold = new Npgsql.NpgsqlCommand("select from grain_state where key = 'held' for update", locker);
        await hold.ExecuteNonQueryAsync();

        var first = Storage.WriteStateAsync("jar", Id("jar/held"), held);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => FilledAsync(string.Create(CultureInfo.InvariantCulture, $"jar/jar-{n}"), times: 1)));

        // Sixteen were not held up by the first, and all but the last had waited for company: one transaction has them all.
        first.IsCompleted.ShouldBeFalse();
        (await _postgres.ScalarAsync("select count(distinct xmin::text) from grain_state where key like 'jar-%'")).ShouldBe(1L);

        await transaction.RollbackAsync();
        await first;
    }

    [ContractFact]
    public async Task Closing_WritesWhatIsQueued_AndRefusesWhatComesLater()
    {
        var storage = Storage;
        var writes = Enumerable.Range(0, 300).Select(n => FilledFirstAsync(string.Create(CultureInfo.InvariantCulture, $"jar/jar-{n}"))).ToList();

        await _postgres.CloseAsync();

        await Task.WhenAll(writes);
        await Should.ThrowAsync<ObjectDisposedException>(() => storage.WriteStateAsync("jar", Id("jar/late"), New()));
        (await _postgres.ScalarAsync("select count(*) from grain_state")).ShouldBe(300L);

        Task FilledFirstAsync(string grain) => storage.WriteStateAsync("jar", Id(grain), New());
    }

    [ContractFact]
    public void DefaultProvider_IsKeyedAndUnkeyed()
    {
        _postgres.Get<IGrainStorage>().ShouldBeOfType<EntityStorage>();
        _postgres.GetKeyed<IGrainStorage>("Default").ShouldBeSameAs(_postgres.Get<IGrainStorage>());
    }

    private static GrainState<EntityRecord<Jar, JarEvent>> New() => new(Jars.Next(new(), At));

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
