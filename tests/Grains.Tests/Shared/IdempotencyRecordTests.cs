namespace ActorShop;

[Trait("Suite", "Unit")]
public sealed class IdempotencyRecordTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly RequestKey Request = new("anonymous POST /v1/carts", "key-1", "fingerprint-1");
    private static readonly Answer Answer = new(201, "{}", null);

    private static readonly IdempotencyRecord Begun = IdempotencyRecord.Begin(Request, "op-1", Now);

    private static readonly DateTimeOffset Held = Now + IdempotencyRecord.Claim;

    [Fact]
    public void Request_WhileItRuns_IsToldSo() => Begun.Find("fingerprint-1", Now.AddSeconds(4), Held).ShouldBe(new BeginResult.Running());

    [Fact]
    public void Request_WhoseRunnerFellSilent_RunsAgainUnderTheSameOperation() =>
        Begun.Find("fingerprint-1", Held, Held).ShouldBe(new BeginResult.Run("op-1"));

    [Fact]
    public void Request_WithAnotherBody_IsRefusedAtEveryStage()
    {
        Begun.Find("other", Now, Held).ShouldBe(new BeginResult.Reused());
        Begun.Find("other", Now.AddHours(1), Held).ShouldBe(new BeginResult.Reused());
        Begun.Finish(Answer, Now).Find("other", Now, Held).ShouldBe(new BeginResult.Reused());
    }

    [Fact]
    public void FirstAnswer_Stays()
    {
        var finished = Begun.Finish(Answer, Now);

        finished.Finish(new(500, "late", null), Now.AddSeconds(1)).ShouldBeSameAs(finished);
        finished.Find("fingerprint-1", Now.AddHours(23), Held).ShouldBe(new BeginResult.Finished(Answer));
    }

    [Fact]
    public void Record_IsOverADayAfterItLastChanged()
    {
        Begun.Finish(Answer, Now.AddHours(1)).IsOver(Now.AddHours(24)).ShouldBeFalse();
        Begun.Finish(Answer, Now.AddHours(1)).IsOver(Now.AddHours(25)).ShouldBeTrue();
    }

    [Fact]
    public void Finish_OfAnOperationThatIsForgotten_KeepsNothing() =>
        new Idempotency().Finish("op-1", Answer, Now).Events.ShouldBeEmpty();
}
