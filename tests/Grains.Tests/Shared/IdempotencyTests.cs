namespace ActorShop;

[Trait("Suite", "Unit")]
public sealed class IdempotencyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Held = Now + Idempotency.Claim;
    private static readonly RequestKey Request = new("anonymous POST /v1/carts", "key-1", "fingerprint-1");
    private static readonly RequestKey OtherBody = Request with { Fingerprint = "other" };
    private static readonly Answer Answer = new(201, "{}", null);

    private static readonly Idempotency Begun = new Idempotency().After(new Idempotency().Begin(Request, "op-1", Now, default));

    [Fact]
    public void RunningRequest_IsNotRunTwice() => Begin(Begun, Request, Now.AddSeconds(4)).ShouldBe(new BeginResult.Running());

    [Fact]
    public void LapsedClaim_IsGivenAgain_UnderTheSameOperation() => Begin(Begun, Request, Held).ShouldBe(new BeginResult.Run("op-1"));

    [Fact]
    public void OtherBody_IsRefused_WhileTheRequestRunsAndAfterIt()
    {
        Begin(Begun, OtherBody, Now).ShouldBe(new BeginResult.Reused());
        Begin(Begun, OtherBody, Now.AddHours(1)).ShouldBe(new BeginResult.Reused());
        Begin(Finish(Begun, Answer), OtherBody, Now).ShouldBe(new BeginResult.Reused());
    }

    [Fact]
    public void FirstAnswer_Stays()
    {
        var finished = Finish(Begun, Answer);

        finished.Finish("op-1", new(409, "late", null), Now).ShouldBe(new Decision<Answer, IdempotencyEvent>(Answer, []));
        Begin(finished, Request, Now.AddHours(23)).ShouldBe(new BeginResult.Finished(Answer));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(504)]
    public void AnswerWithoutAnOutcome_IsNotStored_AndTheRepeatRuns(int status)
    {
        var passed = Begun.Finish("op-1", Answer with { Status = status }, Now);

        (passed.Reply.Status, passed.Events.Length).ShouldBe((status, 0));
        Finish(Begun, Answer).Finish("op-1", passed.Reply, Now).Reply.ShouldBe(Answer);
    }

    [Fact]
    public void Record_ExpiresADayAfterItsLastChange()
    {
        var finished = Begun.After(Begun.Finish("op-1", Answer, Now.AddHours(1)));

        finished.Forget(Now.AddHours(24)).ShouldBeEmpty();
        finished.After(finished.Forget(Now.AddHours(25))).Record.ShouldBeNull();
        Begin(finished, Request, Now.AddHours(25)).ShouldBe(new BeginResult.Run("op-2"));
    }

    [Fact]
    public void AnswerOfAnExpiredRecord_OrOfAnotherOperation_IsNotStored()
    {
        new Idempotency().Finish("op-1", Answer, Now).Events.ShouldBeEmpty();
        Begun.Finish("op-0", Answer, Now).Events.ShouldBeEmpty();
    }

    private static BeginResult Begin(Idempotency head, RequestKey request, DateTimeOffset now) => head.Begin(request, "op-2", now, Held).Reply;

    private static Idempotency Finish(Idempotency head, Answer answer) => head.After(head.Finish("op-1", answer, Now));
}
