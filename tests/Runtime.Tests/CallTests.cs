namespace ActorShop.Runtime;

public sealed class CallTests
{
    [Fact]
    public async Task Call_ReachesOneActivation_AndIsAnswered()
    {
        await using var silo = await TestSilo.StartAsync();

        var first = await silo.Probe("a").Run(static grain => Task.FromResult<object?>(grain.Calls));
        var second = await silo.Probe("a").Run(static async grain =>
        {
            await Task.Yield();
            return grain.Calls;
        });
        var other = await silo.Probe("b").Run(static grain => Task.FromResult<object?>(grain.Calls));

        (first, second, other).ShouldBe((1, 2, 1));
    }

    [Fact]
    public async Task ManyCallers_OfOneGrain_NeverRunAtOnce()
    {
        await using var silo = await TestSilo.StartAsync();
        var inside = 0;
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => silo.Probe("a").Run(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return null;
        })));

        most.ShouldBe(1);
    }

    [Fact]
    public async Task Deactivated_Grain_AnswersFromANewActivation()
    {
        await using var silo = await TestSilo.StartAsync();
        await silo.Probe("a").Run(static grain =>
        {
            grain.End();
            return Task.FromResult<object?>(null);
        });

        var calls = await silo.Probe("a").Run(static grain => Task.FromResult<object?>(grain.Calls));

        calls.ShouldBe(1);
    }

    [Fact]
    public async Task Stop_EndsActivations_WithTheirReason()
    {
        var ended = new TaskCompletionSource<DeactivationReasonCode>();
        var silo = await TestSilo.StartAsync();
        await silo.Probe("a").Run(grain =>
        {
            grain.OnEnd = reason =>
            {
                ended.SetResult(reason.ReasonCode);
                return Task.CompletedTask;
            };
            return Task.FromResult<object?>(null);
        });

        await silo.DisposeAsync();

        ended.Task.IsCompleted.ShouldBeTrue();
        (await ended.Task).ShouldBe(DeactivationReasonCode.ShuttingDown);
    }
}
