using System.Globalization;
using ActorShop.Storage.Writer;
using Orleans.Storage;

namespace ActorShop.Storage;

[Trait("Suite", "Contract")]
public abstract class GrainStorageContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset At = new(2011, 12, 9, 12, 50, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private protected StorageFixture Fixture { get; private set; } = null!;

    protected IGrainStorage Storage => Fixture.Storage;

    protected IEventTable Events => Fixture.Events;

    private IDueTable Due => Fixture.Due;

    public async Task InitializeAsync() => Fixture = await OpenAsync();

    public async Task DisposeAsync()
    {
        if (Fixture is not null)
        {
            await Fixture.DisposeAsync();
        }
    }

    private protected abstract Task<StorageFixture> OpenAsync();

    [ContractFact]
    public async Task Read_OfAMissingState_ReturnsANewStateWithoutAVersion()
    {
        var state = await ReadAsync("jar/never");

        state.RecordExists.ShouldBeFalse();
        state.ETag.ShouldBeNull();
        state.State!.Head.ShouldBe(new Jar());
    }

    [ContractFact]
    public async Task Read_OfAGrainThatIsSaidToBeNew_FindsNothing_AndItsWriteIsRefused()
    {
        await FilledAsync("jar/pot", times: 1);
        await FilledAsync("jar/pan", times: 1);

        var (read, other) = await NewGrain.CallAsync("pot", async () => (await ReadAsync("jar/pot"), await ReadAsync("jar/pan")));

        (read.ETag, read.RecordExists, other.ETag).ShouldBe((null, false, "1"));
        (await TryFillAsync("jar/pot", read)).ShouldBeFalse();
        (await ReadAsync("jar/pot")).ETag.ShouldBe("1");
    }

    [ContractFact]
    public async Task EventsWithGaps_AreWrittenEachWithItsMessageAndPostings()
    {
        var state = await FilledAsync("jar/pot", times: 1);
        var (third, sixth) = (Jars.Next(new() { Sequence = 2 }, At), Jars.Next(new() { Sequence = 5 }, At.AddSeconds(3)));
        state.State = new()
        {
            Head = new Jar { Coins = 7 },
            Sequence = 8,
            Events = [.. third.Events, .. sixth.Events],
            Outbox = [.. third.Outbox, .. sixth.Outbox],
            Postings = [.. third.Postings, .. sixth.Postings],
        };

        await WriteAsync("jar/pot", state);

        (await ReadAsync("jar/pot")).State!.Sequence.ShouldBe(8);
        (await Events.ReadAsync("pot", after: 0, limit: 10)).Select(static e => (e.Sequence, e.At)).ShouldBe([(1, At), (3, At), (6, At.AddSeconds(3))]);
    }

    [ContractFact]
    public async Task Read_ReturnsHeadAndSequence_WithoutEvents()
    {
        var written = await FilledAsync("jar/pot", times: 3);

        var read = await ReadAsync("jar/pot");

        read.RecordExists.ShouldBeTrue();
        read.ETag.ShouldBe(written.ETag);
        read.State!.Head.ShouldBe(new Jar { Coins = 3 });
        read.State.Sequence.ShouldBe(3);
        read.State.Events.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Write_SurvivesARestart()
    {
        await FilledAsync("jar/pot", times: 2);

        await Fixture.CloseAsync();

        (await ReadAsync("jar/pot")).State!.Head.Coins.ShouldBe(2);
    }

    [ContractFact]
    public async Task Write_WithAnOldVersion_IsRefusedAndChangesNothing()
    {
        var stale = await FilledAsync("jar/pot", times: 1);
        await FilledAsync("jar/pot", times: 1);

        stale.State = Jars.Next(stale.State!, At, At);
        var refused = await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync("jar/pot", stale));

        refused.StoredEtag.ShouldBe("2");
        refused.CurrentEtag.ShouldBe("1");
        (await Events.ReadAsync("pot", after: 0, limit: 10)).Length.ShouldBe(2);
        (await Due.TakeAsync(At, Lease, limit: 10)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task SecondOfTwoFirstWrites_IsRefused()
    {
        var first = await ReadAsync("jar/pot");
        var second = await ReadAsync("jar/pot");

        var outcomes = await Task.WhenAll(TryFillAsync("jar/pot", first), TryFillAsync("jar/pot", second));

        outcomes.Order().ShouldBe([false, true]);
        (await ReadAsync("jar/pot")).State!.Sequence.ShouldBe(1);
    }

    [ContractFact]
    public async Task Write_WithAnInvalidETag_IsRefused()
    {
        var state = await FilledAsync("jar/pot", times: 1);
        state.ETag = "\"blue\"";

        (await TryFillAsync("jar/pot", state)).ShouldBeFalse();
    }

    [ContractFact]
    public async Task Conflict_AmongManyWrites_FailsNoOtherWrite()
    {
        var stale = await FilledAsync("jar/stale", times: 1);
        await FilledAsync("jar/stale", times: 1);

        var others = Enumerable.Range(0, 200).Select(n => FilledAsync(Grain(n), times: 3)).ToList();
        var refused = await TryFillAsync("jar/stale", stale);
        await Task.WhenAll(others);

        refused.ShouldBeFalse();
        for (var n = 0; n < 200; n++)
        {
            (await ReadAsync(Grain(n))).State!.Head.Coins.ShouldBe(3);
        }
    }

    [ContractFact]
    public async Task ClearedState_IsNew_AndItsStreamContinues()
    {
        var state = await FilledAsync("jar/pot", times: 2);
        await Storage.ClearStateAsync("jar", Id("jar/pot"), state);

        var read = await ReadAsync("jar/pot");

        foreach (var cleared in new[] { state, read })
        {
            cleared.RecordExists.ShouldBeFalse();
            cleared.State!.Head.ShouldBe(new Jar());
        }

        (await TryFillAsync("jar/pot", read)).ShouldBeTrue();
        (await Events.ReadAsync("pot", after: 0, limit: 10)).Select(static e => e.Sequence).ShouldBe([1, 2, 3]);
    }

    [ContractFact]
    public async Task Clear_WithAnOldVersion_IsRefused()
    {
        var stale = await FilledAsync("jar/pot", times: 1);
        await FilledAsync("jar/pot", times: 1);

        await Should.ThrowAsync<InconsistentStateException>(() => Storage.ClearStateAsync("jar", Id("jar/pot"), stale));

        (await ReadAsync("jar/pot")).State!.Head.Coins.ShouldBe(2);
    }

    [ContractFact]
    public async Task Clear_Twice_OrOfAMissingState_Succeeds()
    {
        var state = await FilledAsync("jar/pot", times: 1);
        await Storage.ClearStateAsync("jar", Id("jar/pot"), state);
        await Storage.ClearStateAsync("jar", Id("jar/pot"), state);

        var never = await ReadAsync("jar/never");
        await Storage.ClearStateAsync("jar", Id("jar/never"), never);

        never.RecordExists.ShouldBeFalse();
        (await ReadAsync("jar/pot")).RecordExists.ShouldBeFalse();
    }

    [ContractFact]
    public async Task Write_FromBeforeAClear_IsRefused()
    {
        var state = await FilledAsync("jar/pot", times: 1);
        var stale = new GrainState<EntityRecord<Jar, JarEvent>>(state.State, state.ETag);
        await Storage.ClearStateAsync("jar", Id("jar/pot"), state);
        (await TryFillAsync("jar/pot", state)).ShouldBeTrue();

        (await TryFillAsync("jar/pot", stale)).ShouldBeFalse();
        (await TryFillAsync("jar/pot", new GrainState<EntityRecord<Jar, JarEvent>>(new()))).ShouldBeFalse();
    }

    [ContractFact]
    public async Task Events_AreReadInOrder_AndFoundByTheirReference()
    {
        await FilledAsync("jar/pot", times: 12);

        var page = await Events.ReadAsync("pot", after: 3, limit: 4);
        var found = await Events.FindAsync("pot", "11");

        page.Select(static e => e.Sequence).ShouldBe([4, 5, 6, 7]);
        page[0].ShouldBe(new EventRow("pot", 4, At, "filled", "4", """{"kind":"filled","coins":1}"""));
        found.Single().Sequence.ShouldBe(11);
        (await Events.FindAsync("pot", "99")).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Due_FollowsTheLastWrite_AndIsTakenMostOverdueFirst()
    {
        await FilledAsync("jar/late", times: 1, At.AddSeconds(-5));
        var soon = await FilledAsync("jar/soon", times: 1, At.AddSeconds(-9));
        await FilledAsync("jar/not-yet", times: 1, At.AddSeconds(1));

        (await Due.TakeAsync(At, Lease, limit: 10)).ShouldBe(
            [new DueRow("jar", "soon", At.AddSeconds(-9)), new DueRow("jar", "late", At.AddSeconds(-5))]);

        soon.State = Jars.Next(soon.State!, At, due: null);
        await WriteAsync("jar/soon", soon);
        (await Due.TakeAsync(At + Lease, Lease, limit: 1)).Single().Key.ShouldBe("late");
        (await Due.TakeAsync(At + Lease, Lease, limit: 10)).Single().Key.ShouldBe("not-yet");
    }

    [ContractFact]
    public async Task Due_IsNotTakenAgainDuringItsLease()
    {
        await FilledAsync("jar/pot", times: 1, At);

        var first = await Due.TakeAsync(At, Lease, limit: 10);
        var during = await Due.TakeAsync(At + (Lease / 2), Lease, limit: 10);
        var after = await Due.TakeAsync(At + Lease, Lease, limit: 10);
        var again = await Due.TakeAsync(At + Lease, Lease, limit: 10);

        first.Single().Key.ShouldBe("pot");
        during.ShouldBeEmpty();
        after.Single().Key.ShouldBe("pot");
        again.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Due_WithConcurrentTakers_IsTakenOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => FilledAsync(Grain(n), times: 1, At)));

        var taken = new List<DueRow>();
        while ((await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Due.TakeAsync(At, Lease, limit: 5)))) is var some
            && some.Any(static rows => !rows.IsEmpty))
        {
            taken.AddRange(some.SelectMany(static rows => rows));
        }

        taken.Select(static row => row.Key).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 60).Select(n => Id(Grain(n)).Key.ToString()!).Order(StringComparer.Ordinal));
    }

    [ContractFact]
    public async Task Write_WhileDueGrainsAreTaken_Succeeds()
    {
        var states = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => FilledAsync(Grain(n), times: 1, At)));
        using var stop = new CancellationTokenSource();
        var taking = Task.Run(async () =>
        {
            for (var now = At; !stop.IsCancellationRequested; now += Lease)
            {
                await Due.TakeAsync(now, Lease, limit: 20);
            }
        });

        var written = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            for (var i = 0; i < 20; i++)
            {
                states[n].State = Jars.Next(states[n].State!, At, At);
                await WriteAsync(Grain(n), states[n]);
            }

            return states[n].State!.Head.Coins;
        }));
        await stop.CancelAsync();
        await taking;

        written.ShouldAllBe(static coins => coins == 21);
    }

    [ContractFact]
    public async Task States_OfOneKeyAndTwoNames_AreTwoRecords()
    {
        await FilledAsync("jar/pot", times: 1);
        var other = new GrainState<Plain>(new Plain { Words = ["one", "Two"] });

        await Storage.WriteStateAsync("other", Id("jar/pot"), other);

        (await ReadAsync("jar/pot")).State!.Head.Coins.ShouldBe(1);
    }

    [ContractFact]
    public async Task PlainState_IsStoredWhole()
    {
        var state = new GrainState<Plain>(new Plain { Words = ["one", "Zwölf", "'; drop table events --"] });
        await Storage.WriteStateAsync("plain", Id("jar/pot"), state);

        var read = new GrainState<Plain>();
        await Storage.ReadStateAsync("plain", Id("jar/pot"), read);

        read.State!.Words.ShouldBe(["one", "Zwölf", "'; drop table events --"]);
        read.ETag.ShouldBe(state.ETag);
    }

    [ContractFact]
    public async Task Closing_WritesTheQueue_AndRefusesLaterWrites()
    {
        var storage = Storage;
        var writes = Enumerable.Range(0, 300).Select(n => storage.WriteStateAsync("jar", Id(Grain(n)), New())).ToList();

        await Fixture.CloseAsync();

        await Task.WhenAll(writes);
        await Should.ThrowAsync<ObjectDisposedException>(() => storage.WriteStateAsync("jar", Id("jar/late"), New()));
        (await Task.WhenAll(Enumerable.Range(0, 300).Select(n => ReadAsync(Grain(n))))).ShouldAllBe(static state => state.RecordExists);
        (await ReadAsync("jar/late")).RecordExists.ShouldBeFalse();
    }

    [ContractFact]
    public void DefaultProvider_IsKeyedAndUnkeyed()
    {
        Storage.ShouldBeOfType<EntityStorage>();
        Fixture.Get<IGrainStorage>("Default").ShouldBeSameAs(Storage);
    }

    protected static GrainState<EntityRecord<Jar, JarEvent>> New() => new(Jars.Next(new(), At));

    protected static GrainId Id(string grain) => GrainId.Parse(grain, CultureInfo.InvariantCulture);

    protected async Task<GrainState<EntityRecord<Jar, JarEvent>>> ReadAsync(string grain)
    {
        var state = new GrainState<EntityRecord<Jar, JarEvent>>();
        await Storage.ReadStateAsync("jar", Id(grain), state);
        return state;
    }

    protected Task WriteAsync(string grain, GrainState<EntityRecord<Jar, JarEvent>> state) => Storage.WriteStateAsync("jar", Id(grain), state);

    protected async Task<GrainState<EntityRecord<Jar, JarEvent>>> FilledAsync(string grain, int times, DateTimeOffset? due = null)
    {
        var state = await ReadAsync(grain);
        for (var i = 0; i < times; i++)
        {
            state.State = Jars.Next(state.State!, At, due);
            await WriteAsync(grain, state);
        }

        return state;
    }

    protected async Task<bool> TryFillAsync(string grain, GrainState<EntityRecord<Jar, JarEvent>> state)
    {
        state.State = Jars.Next(state.State!, At);
        try
        {
            await WriteAsync(grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    protected static string Grain(int number) => string.Create(CultureInfo.InvariantCulture, $"jar/jar-{number}");

    public sealed class Plain
    {
        public ImmutableArray<string> Words { get; set; } = [];
    }
}
