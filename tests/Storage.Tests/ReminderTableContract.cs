using System.Globalization;

namespace ActorShop.Storage;

/// <summary>What every reminder table of the shop keeps to.</summary>
[Trait("Suite", "Contract")]
public abstract class ReminderTableContract : IAsyncLifetime
{
    private static readonly DateTime StartAt = new(2011, 12, 9, 12, 50, 0, 123, DateTimeKind.Utc);

    protected abstract IReminderTable Table { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [ContractFact]
    public async Task Reminder_IsReadBackAsItWasStored()
    {
        var etag = await Table.UpsertRow(Entry("waker/1", "wake"));

        var read = (await Table.ReadRow(Id("waker/1"), "wake"))!;

        read.GrainId.ShouldBe(Id("waker/1"));
        read.ReminderName.ShouldBe("wake");
        read.StartAt.ShouldBe(StartAt);
        read.StartAt.Kind.ShouldBe(DateTimeKind.Utc);
        read.Period.ShouldBe(TimeSpan.FromDays(50));
        read.ETag.ShouldBe(etag);
    }

    [ContractFact]
    public async Task Reminder_ThatNeverWas_IsNull() => (await Table.ReadRow(Id("waker/1"), "wake")).ShouldBeNull();

    [ContractFact]
    public async Task Upsert_OfTheSameName_ReplacesItUnderANewTag()
    {
        var first = await Table.UpsertRow(Entry("waker/1", "wake"));
        var second = await Table.UpsertRow(Entry("waker/1", "wake"));

        string.Equals(first, second, StringComparison.Ordinal).ShouldBeFalse();
        (await Table.ReadRows(Id("waker/1"))).Reminders.Single().ETag.ShouldBe(second);
    }

    [ContractFact]
    public async Task Remove_TakesOnlyTheVersionThatWasSeen()
    {
        var first = await Table.UpsertRow(Entry("waker/1", "wake"));
        var second = await Table.UpsertRow(Entry("waker/1", "wake"));

        (await Table.RemoveRow(Id("waker/1"), "wake", first!)).ShouldBeFalse();
        (await Table.RemoveRow(Id("waker/1"), "wake", second!)).ShouldBeTrue();
        (await Table.RemoveRow(Id("waker/1"), "wake", second!)).ShouldBeFalse();
    }

    [ContractFact]
    public virtual async Task Remove_WithATagThatIsNoVersion_IsRefused()
    {
        await Table.UpsertRow(Entry("waker/1", "wake"));

        (await Table.RemoveRow(Id("waker/1"), "wake", "blue")).ShouldBeFalse();
    }

    [ContractFact]
    public async Task Rows_OfAGrain_AreItsOwn()
    {
        await Table.UpsertRow(Entry("waker/1", "a"));
        await Table.UpsertRow(Entry("waker/1", "b"));
        await Table.UpsertRow(Entry("waker/2", "c"));

        (await Table.ReadRows(Id("waker/1"))).Reminders.Select(static r => r.ReminderName).ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [ContractFact]
    public async Task Ranges_ExcludeTheirBegin_IncludeTheirEnd_AndWrap()
    {
        var grains = Enumerable.Range(0, 64).Select(static n => Id(string.Create(CultureInfo.InvariantCulture, $"waker/{n}"))).ToList();
        foreach (var grain in grains)
        {
            await Table.UpsertRow(Entry(grain.ToString(), "wake"));
        }

        var hashes = grains.ConvertAll(static g => g.GetUniformHashCode()).Order().ToList();
        var (low, high) = (hashes[10], hashes[50]);

        (await HashesAsync(low, high)).ShouldBe(hashes.Where(h => h > low && h <= high));
        (await HashesAsync(high, low)).ShouldBe(hashes.Where(h => h > high || h <= low));
        (await HashesAsync(low, low)).ShouldBe(hashes);
        (await HashesAsync(0, uint.MaxValue)).ShouldBe(hashes.Where(static h => h > 0));
        (await HashesAsync(0, 0)).ShouldBe(hashes);

        // Both halves of the unsigned ring are met, or the signs of a table's columns were not tested.
        hashes.ShouldContain(static h => h > int.MaxValue);
        hashes.ShouldContain(static h => h < int.MaxValue);
    }

    [ContractFact]
    public async Task Clearing_LeavesNothing()
    {
        await Table.UpsertRow(Entry("waker/1", "a"));

        await Table.TestOnlyClearTable();

        (await Table.ReadRows(0, 0)).Reminders.ShouldBeEmpty();
    }

    private static GrainId Id(string grain) => GrainId.Parse(grain, CultureInfo.InvariantCulture);

    private static ReminderEntry Entry(string grain, string name) => new()
    {
        GrainId = Id(grain),
        ReminderName = name,
        StartAt = StartAt,
        Period = TimeSpan.FromDays(50),
    };

    private async Task<IEnumerable<uint>> HashesAsync(uint begin, uint end) =>
        (await Table.ReadRows(begin, end)).Reminders.Select(static r => r.GrainId.GetUniformHashCode()).Order();
}
