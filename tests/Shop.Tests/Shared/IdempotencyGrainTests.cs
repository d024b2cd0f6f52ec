using ActorShop.Orders;

namespace ActorShop;

[Trait("Suite", "Cluster")]
public sealed class IdempotencyGrainTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
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
    public async Task FinishedRequest_IsAnsweredTheSameForADay()
    {
        var grain = Grains.Idempotency("finished");
        var run = await RunAsync(grain);
        await grain.FinishAsync(run.OperationId, Answer);

        cluster.Shop.Time.Advance(Idempotency.Kept - TimeSpan.FromMinutes(1));
        await cluster.Shop.ResumeAllAsync();
        (await grain.BeginAsync(Request)).ShouldBe(new BeginResult.Finished(Answer));

        cluster.Shop.Time.Advance(TimeSpan.FromMinutes(2));
        (await cluster.Shop.ResumeAllAsync()).ShouldBeTrue();
        cluster.Shop.Store.DueOf("idempotency", "idem/finished").ShouldBeNull();
        (await RunAsync(grain)).ShouldNotBe(run);
    }

    [Fact]
    public async Task ClaimAndAnswer_AreGivenOnceTheyAreDurable()
    {
        var grain = Grains.Idempotency("durable");

        var claim = await HeldAsync(() => grain.BeginAsync(Request));
        var answer = await HeldAsync(() => grain.FinishAsync(((BeginResult.Run)claim).OperationId, Answer));

        answer.ShouldBe(Answer);
    }

    [Fact]
    public async Task Answer_SurvivesACrash()
    {
        await using var sale = await Sale.StartAsync();
        var grain = sale.Grains.Idempotency("kept");
        await grain.FinishAsync((await RunAsync(grain)).OperationId, Answer);

        await sale.CrashAsync();

        (await sale.Grains.Idempotency("kept").BeginAsync(Request)).ShouldBe(new BeginResult.Finished(Answer));
    }

    [Fact]
    public async Task Claim_OfACrashedSilo_IsGivenAtOnce_UnderTheSameOperation()
    {
        await using var sale = await Sale.StartAsync();
        var run = await RunAsync(sale.Grains.Idempotency("lost"));

        await sale.CrashAsync();

        (await RunAsync(sale.Grains.Idempotency("lost"))).ShouldBe(run);
        (await sale.Grains.Idempotency("lost").BeginAsync(Request)).ShouldBeOfType<BeginResult.Running>();
    }

    [Fact]
    public async Task RenewedClaim_Holds_AndLapsesFiveSecondsAfterTheLastRenewal()
    {
        var grain = Grains.Idempotency("renewed");
        var run = await RunAsync(grain);
        for (var renewal = 0; renewal < 10; renewal++)
        {
            cluster.Shop.Time.Advance(IIdempotencyGrain.RenewEvery);
            await grain.RenewAsync(run.OperationId);
            (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Running>();
        }

        // Time passes between the calls too.
        var margin = TimeSpan.FromSeconds(2);
        cluster.Shop.Time.Advance(Idempotency.Claim - margin);
        (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Running>();
        cluster.Shop.Time.Advance(margin);
        (await grain.BeginAsync(Request)).ShouldBe(run);
    }

    [Fact]
    public async Task ReleasedClaim_IsNotRenewed()
    {
        var grain = Grains.Idempotency("released");
        var run = await RunAsync(grain);
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

    private static async Task<BeginResult.Run> RunAsync(IIdempotencyGrain grain) => (await grain.BeginAsync(Request)).ShouldBeOfType<BeginResult.Run>();

    // The call is answered only after its write: while the store holds the write, the call waits.
    private async Task<T> HeldAsync<T>(Func<Task<T>> call)
    {
        var arrival = cluster.Shop.Store.HoldWrites();
        var reply = call();
        var first = await Task.WhenAny(reply, arrival);
        await Task.WhenAny(reply, Task.Delay(TimeSpan.FromMilliseconds(100)));
        var isAnswered = reply.IsCompleted;
        cluster.Shop.Store.ReleaseWrites();

        first.ShouldBe(arrival);
        isAnswered.ShouldBeFalse();
        return await reply;
    }
}
