using Orleans.Storage;

namespace ActorShop.Storage.Sqlite;

[Trait("Suite", "Unit")]
public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private readonly SqliteFixture _sqlite = SqliteFixture.Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _sqlite.DisposeAsync();

    [Fact]
    public async Task Writer_FlushesEachCommit_ToALogOfItsOwn()
    {
        var pragmas = await _sqlite.Database.Writer.RunAsync(static connection => (
            Synchronous: connection.First("pragma synchronous", static row => row.Integer(0), otherwise: -1),
            Journal: connection.First("pragma journal_mode", static row => row.Text(0), otherwise: string.Empty)));

        // 2 is full: an acknowledged write survives a power cut.
        pragmas.ShouldBe((2, "wal"));
    }

    [Fact]
    public async Task Writer_OpenedAgain_StillFlushesEachCommit()
    {
        await Should.ThrowAsync<OutcomeUnknownException>(FailCommitAsync);

        var synchronous = await _sqlite.Database.Writer.RunAsync(static connection =>
            connection.First("pragma synchronous", static row => row.Integer(0), otherwise: -1));

        synchronous.ShouldBe(2);
    }

    [Fact]
    public void Reader_CannotWrite() =>
        Should.Throw<SqliteFaultException>(() => _sqlite.Database.Readers.Read(static connection => connection.Execute("delete from events")));

    [Fact]
    public void SecondProcess_IsRefused_AndToldWhy()
    {
        _ = _sqlite.Database;

        var refused = Should.Throw<OrleansConfigurationException>(() => DatabaseLock.Take(_sqlite.Path));

        refused.Message.ShouldContain("in use by another process");
        refused.Message.ShouldContain(_sqlite.Path);
    }

    [Fact]
    public async Task Lock_IsFreeAgain_AfterAClosing()
    {
        _ = _sqlite.Database;
        await _sqlite.CloseAsync();

        using var taken = DatabaseLock.Take(_sqlite.Path);

        taken.ShouldNotBeNull();
    }

    [Fact]
    public async Task DatabaseOfANewerSchema_IsRefused_AndNotTouched()
    {
        var newer = SqliteSchema.Version + 1;
        await _sqlite.Database.Writer.RunAsync(connection => connection.Execute($"pragma user_version = {newer}"));
        await _sqlite.CloseAsync();

        var refused = Should.Throw<OrleansConfigurationException>(() => _sqlite.Database);

        refused.Message.ShouldContain($"has schema {newer}");
        using var free = DatabaseLock.Take(_sqlite.Path);
    }

    [Fact]
    public async Task DatabaseOfAnOlderSchema_IsBroughtUpToDate()
    {
        await _sqlite.Database.Writer.RunAsync(static connection =>
        {
            foreach (var table in (ReadOnlySpan<string>)["marks", "rebuilds", "products", "product_skus", "product_prices", "sku_prices"])
            {
                connection.Execute($"drop table {table}");
            }

            foreach (var table in (ReadOnlySpan<string>)["categories", "stock_levels", "orders", "sold", "corrections"])
            {
                connection.Execute($"drop table {table}");
            }

            connection.Execute("create table reminders (grain_id text not null primary key)");
            connection.Execute("drop table due");
            connection.Execute("create table due (state_name text, key text, bucket integer, at integer, primary key (state_name, key)) without rowid");
            connection.Execute("insert into due (state_name, key, bucket, at) values ('order', 'ord_1', 7, 1000000)");
            return connection.Execute("pragma user_version = 1");
        });
        await _sqlite.CloseAsync();

        (await _sqlite.ReadModels.GetCategoriesAsync()).ShouldBeEmpty();
        var at = DateTimeOffset.UnixEpoch.AddSeconds(1);
        (await _sqlite.Get<IDueTable>().TakeAsync(at, TimeSpan.FromSeconds(1), limit: 10)).ShouldBe([new DueRow("order", "ord_1", at)]);
    }

    [Fact]
    public async Task Options_OutOfRange_AreRefusedAtStart()
    {
        await using var wrong = SqliteFixture.Open(static options => options.QueueLimit = 0);

        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => wrong.Database);
    }

    [Fact]
    public async Task FailedCommit_LeavesItsWritersNotKnowing_AndLaterOnesUnharmed()
    {
        await Should.ThrowAsync<OutcomeUnknownException>(FailCommitAsync);

        (await _sqlite.Database.Writer.RunAsync(static connection => connection.Execute(
            "insert into categories (code, name, archived, version) values ('mugs', 'Mugs', 0, 1)"))).ShouldBe(1);
        (await _sqlite.ReadModels.GetCategoriesAsync()).Single().Code.ShouldBe("mugs");
    }

    [Fact]
    public async Task JobThatThrows_FailsAlone()
    {
        using var gate = new ManualResetEventSlim();
        var writer = _sqlite.Database.Writer;
        var first = writer.RunAsync(_ => gate.Wait(TimeSpan.FromSeconds(30)));

        // These three gather while the first one holds the writer, so they are one batch.
        var before = writer.RunAsync(static connection => Insert(connection, "before"));
        var culprit = writer.RunAsync(static connection => Insert(connection, "culprit") + connection.Execute("insert into nowhere values (1)"));
        var after = writer.RunAsync(static connection => Insert(connection, "after"));
        gate.Set();

        (await first).ShouldBeTrue();
        await Task.WhenAll(before, after);
        await Should.ThrowAsync<SqliteFaultException>(() => culprit);
        (await _sqlite.ReadModels.GetCategoriesAsync()).Select(static c => c.Code).ShouldBe(["after", "before"]);
    }

    [Fact]
    public async Task FullQueue_RejectsAtOnce_AndRejectedWritesDoNotHappen()
    {
        await using var small = SqliteFixture.Open(static options => options.QueueLimit = 2);
        using var gate = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var writer = small.Database.Writer;
        var first = writer.RunAsync(_ =>
        {
            held.Set();
            return gate.Wait(TimeSpan.FromSeconds(30));
        });
        held.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();

        var second = writer.RunAsync(static connection => Insert(connection, "b"));
        var third = writer.RunAsync(static connection => Insert(connection, "c"));
        var rejected = writer.RunAsync(static connection => Insert(connection, "d"));

        rejected.IsCompleted.ShouldBeTrue();
        await Should.ThrowAsync<LimitExceededException>(() => rejected);
        gate.Set();
        await Task.WhenAll(first, second, third);
        (await small.ReadModels.GetCategoriesAsync()).Select(static c => c.Code).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task Closing_WritesWhatIsQueued_AndRefusesWhatComesLater()
    {
        var database = _sqlite.Database;
        var writes = Enumerable.Range(0, 500).Select(n => database.Writer.RunAsync(connection => Insert(connection, $"{n}"))).ToList();

        await _sqlite.CloseAsync();

        writes.ShouldAllBe(static write => write.IsCompletedSuccessfully);
        await Should.ThrowAsync<ObjectDisposedException>(() => database.Writer.RunAsync(static connection => Insert(connection, "late")));
        Should.Throw<ObjectDisposedException>(() => database.Readers.Read(static _ => 1));
        (await _sqlite.ReadModels.GetCategoriesAsync()).Length.ShouldBe(500);
    }

    [Fact]
    public void DefaultProvider_IsKeyedAndUnkeyed()
    {
        _sqlite.Get<IGrainStorage>().ShouldBeOfType<SqliteGrainStorage>();
        _sqlite.GetKeyed<IGrainStorage>("Default").ShouldBeSameAs(_sqlite.Get<IGrainStorage>());
    }

    private static int Insert(SqliteConnection connection, string code) =>
        connection.Execute("insert into categories (code, name, archived, version) values (?1, ?1, 0, 1)", code);

    // The hook makes SQLite answer the commit itself with an error, as a full or broken disk does.
    private Task<int> FailCommitAsync() => _sqlite.Database.Writer.RunAsync(static connection =>
    {
        SQLitePCL.raw.sqlite3_commit_hook(connection.Handle, static _ => 1, null);
        return Insert(connection, "lost");
    });
}
