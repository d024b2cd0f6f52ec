using ActorShop.Orders;

namespace ActorShop;

[Trait("Suite", "Cluster")]
public sealed class IdempotencyGrainTests(IdempotencyGrainTests.Cluster cluster) : IClassFixture<IdempotencyGrainTests.Cluster>
{
    private static readonly RequestKey Request = new("anonymous POST /v1/carts", "key-1", "fingerprint-1");
    private static readonly Answer Answer = new(201, """{"id":"cart_1"}""", "/v1/carts/cart_1");

    private IGrainFactory Grains => cluster.Shop.Grains;

    [Fact]
    public async Task Burst_UnderOneKey_RunsOnce()
    {
        var grain = Grains.Idempotency("burst");

        var found = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.BeginAsync(Request)));

        found.Count(static f => f is BeginResult.Run).ShouldBe(1);
        found.Count(static f => f is BeginResult.Running).ShouldBe(19);
    }

    [Fact]
    public async Task Request_Finished_IsAnsweredTheSameForADay()
    {
        var grain = Grains.Idempotency("finished");
        var run = (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Run>();
        await grain.FinishAsync(run.OperationId, Answer);

        cluster.Shop.Time.Advance(IdempotencyRecord.Kept - TimeSpan.FromMinutes(1));
        await cluster.Shop.ResumeAllAsync();
        (await grain.BeginAsync(Request)).ShouldBe(new BeginResult.Finished(Answer));
        (await grain.BeginAsync(Request with { Fingerprint = "other" })).ShouldBeOfType<BeginResult.Reused>();

        cluster.Shop.Time.Advance(TimeSpan.FromMinutes(2));
        (await cluster.Shop.ResumeAllAsync()).ShouldBeTrue();
        cluster.Shop.Store.DueOf("idempotency", "idem/finished").ShouldBeNull();
        (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Run>().ShouldNotBe(run);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Answer_ThatTellsNoOutcome_IsNotKept_AndTheRequestRunsAgainAsItself(int status)
    {
        var grain = Grains.Idempotency($"transient-{status}");
        var run = (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Run>();

        (await grain.FinishAsync(run.OperationId, Answer with { Status = status })).Status.ShouldBe(status);

        (await grain.BeginAsync(Request)).ShouldBe(run);
        (await grain.FinishAsync(run.OperationId, Answer)).ShouldBe(Answer);
        (await grain.FinishAsync(run.OperationId, Answer with { Status = status })).ShouldBe(Answer);
        (await grain.BeginAsync(Request)).ShouldBe(new BeginResult.Finished(Answer));
    }

    [Fact]
    public async Task Claim_WhoseGrainDied_IsGivenToTheNextAtOnce_UnderTheSameId()
    {
        await using var sale = await Sale.StartAsync();
        var run = (await sale.Grains.Idempotency("lost").BeginAsync(Request)).ShouldBeOfType<BeginResult.Run>();

        await sale.CrashAsync();

        (await sale.Grains.Idempotency("lost").BeginAsync(Request)).ShouldBe(run);
        (await sale.Grains.Idempotency("lost").BeginAsync(Request)).ShouldBeOfType<BeginResult.Running>();
    }

    [Fact]
    public async Task Claim_ThatIsRenewed_Holds_AndLapsesFiveSecondsAfterTheLastWord()
    {
        var grain = Grains.Idempotency("renewed");
        var run = (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Run>();
        for (var word = 0; word < 10; word++)
        {
            cluster.Shop.Time.Advance(IIdempotencyGrain.RenewEvery);
            await grain.RenewAsync(run.OperationId);
            (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Running>();
        }

        cluster.Shop.Time.Advance(IdempotencyRecord.Claim - TimeSpan.FromMilliseconds(1));
        (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Running>();
        cluster.Shop.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await grain.BeginAsync(Request)).ShouldBe(run);
    }

    [Fact]
    public async Task Claim_ThatWasGivenBack_IsNotTakenAgainByALateWord()
    {
        var grain = Grains.Idempotency("late-word");
        var run = (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Run>();
        await grain.AbandonAsync(run.OperationId);

        await grain.RenewAsync(run.OperationId);

        (await grain.BeginAsync(Request)).ShouldBe(run);
    }

    [Fact]
    public async Task ExternalId_ClaimedByMany_HasOneOwner()
    {
        var id = Grains.ExternalId("installation", "536365");

        var owners = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => id.ClaimAsync($"ord_{n}")));

        owners.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await id.GetOwnerAsync()).ShouldBe(owners[0]);
    }

    public sealed class Cluster : IAsyncLifetime
    {
        public ShopCluster Shop { get; private set; } = null!;

        public async Task InitializeAsync() => Shop = await ShopCluster.StartAsync();

        public async Task DisposeAsync() => await Shop.DisposeAsync();
    }
}
