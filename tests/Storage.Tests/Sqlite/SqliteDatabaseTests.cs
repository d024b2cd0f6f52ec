using System.Runtime.Versioning;
using ActorShop.Storage.Writer;

namespace ActorShop.Storage.Sqlite;

[Trait("Suite", "Unit")]
public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SqliteFixture _sqlite = SqliteFixture.Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _sqlite.DisposeAsync();

    [Fact]
    public async Task Writer_FlushesEachCommit()
    {
        var pragmas = await _sqlite.Database.Writer.RunAsync(static session => (
            Synchronous: session.Scalar("pragma synchronous"), Journal: session.Scalar("pragma journal_mode")));

        // 2 is full: an acknowledged write survives a power cut.
        pragmas.ShouldBe((2L, "wal"));
    }

    [Fact]
    public async Task Writer_OpenedAgain_StillFlushesEachCommit()
    {
        await Should.ThrowAsync<OutcomeUnknownException>(FailCommitAsync);

        var synchronous = await _sqlite.Database.Writer.RunAsync(static session => session.Scalar("pragma synchronous"));

        synchronous.ShouldBe(2L);
    }

    [Fact]
    public async Task Reader_CannotWrite() =>
        await Should.ThrowAsync<StorageFaultException>(() => _sqlite.Database.ReadAsync(static session => session.ExecuteAsync($"delete from events")));

    [Fact]
    public async Task QuestionThatSqliteCannotAnswer_IsABug_AndNotAFaultThatPasses()
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => _sqlite.Database.QueryAsync(
            static session => session.SelectAsync($"select sum(n) from (select 9223372036854775807 as n union all select 1)", static row => row.Long(0)))))
            .ShouldNotBeAssignableTo<OrleansException>();
    }

    [Fact]
    public void SecondProcess_IsRefused_WithTheReason()
    {
        _ = _sqlite.Database;

        var refused = Should.Throw<OrleansConfigurationException>(() => DatabaseLock.Take(_sqlite.Path));

        refused.Message.ShouldContain("in use by another process");
        refused.Message.ShouldContain(_sqlite.Path);
    }

    [Fact]
    public async Task Lock_IsFree_AfterClosing()
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
        await _sqlite.Database.Writer.RunAsync(session => session.Execute($"pragma user_version = {newer}"));
        await _sqlite.CloseAsync();

        var refused = Should.Throw<OrleansConfigurationException>(() => _sqlite.Database);

        refused.Message.ShouldContain($"has schema {newer}");
        using var free = DatabaseLock.Take(_sqlite.Path);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_AreTheOwnersAlone_AlsoThoseOfAnOlderVersion()
    {
        await _sqlite.Database.Writer.RunAsync(static session => session.Execute("create table probe (id integer)"));
        var folder = System.IO.Path.GetDirectoryName(_sqlite.Path)!;
        string[] files = ["shop.db", "shop.db-shm", "shop.db-wal", "shop.db.lock"];

        Modes().ShouldBe(files.Select(static file => (file, OwnerOnly)));
        File.GetUnixFileMode(folder).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);

        await _sqlite.CloseAsync();
        Array.ForEach([files[0], files[^1]], file => File.SetUnixFileMode(System.IO.Path.Combine(folder, file), OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        await _sqlite.Database.Writer.RunAsync(static session => session.Execute("drop table probe"));
        Modes().ShouldBe(files.Select(static file => (file, OwnerOnly)));

        IEnumerable<(string, UnixFileMode)> Modes() => Directory.GetFiles(folder).Order(StringComparer.Ordinal)
            .Select(static file => (System.IO.Path.GetFileName(file), File.GetUnixFileMode(file)));
    }

    // The first two migrations are those of the version before.
    [Fact]
    public async Task DatabaseOfThePreviousVersion_IsUpgraded_WithItsEntities()
    {
        var at = DateTimeOffset.UnixEpoch.AddSeconds(1);
        Directory.CreateDirectory(Path.GetDirectoryName(_sqlite.Path)!);
        using (var session = SqliteSession.OpenWriter(new SqliteOptions { Path = _sqlite.Path }))
        {
            SqliteSchema.Apply(session, _sqlite.Path, version: 2);
            session.Execute("insert into grain_state (state_name, key, version, sequence, label, head) values ('jar', 'pot', 1, 1, 'filling', '{\"coins\":1}')");
            session.Execute("insert into events (stream, seq, at, type, reference, data) values ('pot', 1, 1000000, 'filled', '1', '{\"kind\":\"filled\",\"coins\":1}')");
            session.Execute("insert into due (state_name, key, bucket, at) values ('jar', 'pot', 7, 1000000)");
            session.Execute("insert into marks (topic, stream, seq) values ('reporting', 'prod_1', 1)");
            foreach (var (stream, type, data) in ShopEvents.OfEarlierVersions)
            {
                session.Execute(
                    "insert into events (stream, seq, at, type, data) values (@stream, 1, 1000000, @type, @data)", ("@stream", stream), ("@type", type), ("@data", data));
            }
        }

        (await _sqlite.Due.TakeAsync(at, TimeSpan.FromSeconds(1), limit: 10)).ShouldBe([new DueRow("jar", "pot", at)]);
        var state = new GrainState<EntityRecord<Jar, JarEvent>>();
        await _sqlite.Storage.ReadStateAsync("jar", GrainId.Create("jar", "pot"), state);
        state.State = Jars.Next(state.State!, at);
        await _sqlite.Storage.WriteStateAsync("jar", GrainId.Create("jar", "pot"), state);
        (state.ETag, state.State.Head.Coins).ShouldBe(("2", 2));
        (await _sqlite.Events.ReadAsync("pot", after: 0, limit: 9)).Select(static e => e.Sequence).ShouldBe([1, 2]);
        await ShopEvents.ShouldBeProjectedAsync(_sqlite.ReadModels);
    }

    [Fact]
    public async Task DatabaseWithMarks_IsUpgraded_WithoutARebuild()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_sqlite.Path)!);
        using (var session = SqliteSession.OpenWriter(new SqliteOptions { Path = _sqlite.Path }))
        {
            SqliteSchema.Apply(session, _sqlite.Path, version: 8);
            session.Execute(ShopEvents.OfTheVersionWithMarks(at: "1000000"));
        }

        await ShopEvents.ShouldBeContinuedAsync(_sqlite.ReadModels);
    }

    [Fact]
    public async Task Options_OutOfRange_AreRefusedAtStart()
    {
        await using var wrong = new SqliteFixture(static options => options.QueueLimit = 0);

        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => wrong.Database);
    }

    [Fact]
    public async Task FailedCommit_HasAnUnknownOutcome_AndLaterWritesSucceed()
    {
        await Should.ThrowAsync<OutcomeUnknownException>(FailCommitAsync);

        (await _sqlite.Database.Writer.RunAsync(static session => session.Execute(
            "insert into categories (code, name, archived, version) values ('mugs', 'Mugs', 0, 1)"))).ShouldBe(1);
        (await _sqlite.ReadModels.GetCategoriesAsync()).Single().Code.ShouldBe("mugs");
    }

    [Fact]
    public async Task FailingJob_FailsAlone()
    {
        using var gate = new ManualResetEventSlim();
        var writer = _sqlite.Database.Writer;
        var first = writer.RunAsync(_ => gate.Wait(TimeSpan.FromSeconds(30)));

        // These three gather while the first one holds the writer, so they are one batch.
        var before = writer.RunAsync(static session => Insert(session, "before"));
        var culprit = writer.RunAsync(static session => Insert(session, "culprit") + session.Execute("insert into nowhere values (1)"));
        var after = writer.RunAsync(static session => Insert(session, "after"));
        gate.Set();

        (await first).ShouldBeTrue();
        await Task.WhenAll(before, after);
        await Should.ThrowAsync<StorageFaultException>(() => culprit);
        (await _sqlite.ReadModels.GetCategoriesAsync()).Select(static c => c.Code).ShouldBe(["after", "before"]);
    }

    [Fact]
    public async Task FullQueue_RejectsAtOnce_AndWritesNothing()
    {
        await using var small = new SqliteFixture(static options => options.QueueLimit = 2);
        using var gate = new ManualResetEventSlim();
        using var held = new ManualResetEventSlim();
        var writer = small.Database.Writer;
        var first = writer.RunAsync(_ =>
        {
            held.Set();
            return gate.Wait(TimeSpan.FromSeconds(30));
        });
        held.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();

        var second = writer.RunAsync(static session => Insert(session, "b"));
        var third = writer.RunAsync(static session => Insert(session, "c"));
        var rejected = writer.RunAsync(static session => Insert(session, "d"));

        rejected.IsCompleted.ShouldBeTrue();
        await Should.ThrowAsync<LimitExceededException>(() => rejected);
        gate.Set();
        await Task.WhenAll(first, second, third);
        (await small.ReadModels.GetCategoriesAsync()).Select(static c => c.Code).ShouldBe(["b", "c"]);
    }

    private static int Insert(SqliteSession session, string code) =>
        session.Execute("insert into categories (code, name, archived, version) values (@code, @code, 0, 1)", ("@code", code));

    // The hook makes SQLite answer the commit itself with an error, as a full or broken disk does.
    private Task<int> FailCommitAsync() => _sqlite.Database.Writer.RunAsync(static session =>
    {
        SQLitePCL.raw.sqlite3_commit_hook(session.Connection.Handle, static _ => 1, null);
        return Insert(session, "lost");
    });
}
