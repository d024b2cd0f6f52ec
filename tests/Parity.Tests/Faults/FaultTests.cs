namespace ActorShop.Parity.Faults;

/// <summary>Goal: what goes wrong in a grain is what its caller learns, and hurts nobody else.</summary>
public sealed class FaultTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly string _key = Cluster.NewKey();

    private IFaultGrain Grain => cluster.Grains.GetGrain<IFaultGrain>(_key);

    [Fact]
    public async Task Exception_InOneSilo_IsTheVeryObjectThatWasThrown()
    {
        var exception = await Should.ThrowAsync<OddException>(() => Grain.ThrowAsync(42));

        exception.Number.ShouldBe(42);
        exception.ShouldBeSameAs(FaultGrain.Last);
        exception.StackTrace.ShouldNotBeNull().ShouldContain(nameof(FaultGrain));
    }

    [Fact]
    public async Task OrdinaryException_DoesNotHurtTheActivation()
    {
        await Grain.CountAsync();

        await Should.ThrowAsync<OddException>(() => Grain.ThrowAsync(1));

        (await Grain.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task InconsistentState_EscapingTheMethod_EndsTheActivation()
    {
        await Grain.CountAsync();

        await Should.ThrowAsync<Orleans.Storage.InconsistentStateException>(() => Grain.ThrowStaleAsync(caught: false));

        (await Grain.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task InconsistentState_CaughtInTheMethod_DoesNotEndTheActivation()
    {
        await Grain.CountAsync();

        await Grain.ThrowStaleAsync(caught: true);

        (await Grain.CountAsync()).ShouldBe(12);
    }

    [Fact]
    public async Task OneWayCall_IsCompleteAtOnce_AndFailsUnheard()
    {
        var call = Grain.ThrowOneWayAsync(_key + ".arrived");

        call.IsCompletedSuccessfully.ShouldBeTrue();
        await Gate.Opened(_key + ".arrived");
        (await Grain.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task FailedActivation_FailsItsCaller_AndIsTriedAgainByTheNext()
    {
        var grain = cluster.Grains.GetGrain<IUnluckyGrain>(_key);

        (await Should.ThrowAsync<OddException>(grain.AttemptsAsync)).Message.ShouldBe("not yet");
        await Should.ThrowAsync<OddException>(grain.AttemptsAsync);

        (await grain.AttemptsAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task FailedConstructor_IsAnInvalidOperation_WithItsCause()
    {
        var exception = await Should.ThrowAsync<InvalidOperationException>(
            () => cluster.Grains.GetGrain<IUnmakeableGrain>(_key).NothingAsync());

        exception.Message.ShouldStartWith("Failed to create an instance of grain type");
        Causes(exception).ShouldContain(static cause => cause is OddException);
    }

    [Fact]
    public async Task Timeout_EndsTheCallersWait_AndNotTheCallee()
    {
        var call = Grain.HoldAsync(_key + ".arrived", _key + ".release", _key + ".ended");
        await Gate.Opened(_key + ".arrived");

        var exception = await Should.ThrowAsync<TimeoutException>(() => call);
        exception.Message.ShouldStartWith("Response did not arrive on time in 00:00:01 for message: ");
        Gate.IsOpen(_key + ".ended").ShouldBeFalse();

        Gate.Open(_key + ".release");
        await Gate.Opened(_key + ".ended");
    }

    [Fact]
    public async Task CancelledToken_FailsTheCall_WithoutSendingIt()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => Grain.HoldUntilCancelledAsync(_key + ".arrived", _key + ".ended", new CancellationToken(canceled: true)));

        await Grain.CountAsync();
        Gate.IsOpen(_key + ".arrived").ShouldBeFalse();
    }

    [Fact]
    public async Task Cancellation_EndsTheCallersWait_AndReachesTheCallee()
    {
        using var source = new CancellationTokenSource();
        var call = Grain.HoldUntilCancelledAsync(_key + ".arrived", _key + ".ended", source.Token);
        await Gate.Opened(_key + ".arrived");

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Gate.Opened(_key + ".ended");
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
