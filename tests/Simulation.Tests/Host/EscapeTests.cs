namespace ActorShop.Simulation.Host;

/// <summary>Goal: work that leaves the simulation fails the run, and the message says where.</summary>
[Trait("Suite", "Simulation")]
public sealed class EscapeTests
{
    [Fact]
    public async Task Turn_ScheduledFromAnotherThread_FailsTheRun_WithItsPlace()
    {
        var fault = await Should.ThrowAsync<SimulationException>(() => RunAsync(static async _ =>
        {
            var source = new TaskCompletionSource();
            var waiting = WaitAsync(source.Task);
            var thread = new Thread(CompleteFromHere);
            thread.Start(source);
            thread.Join();
            await waiting;
        }));

        fault.Message.ShouldStartWith("Work left the simulation's thread");
        fault.Message.ShouldContain(nameof(CompleteFromHere));
    }

    [Fact]
    public async Task Wait_ForSomethingThatNeverComes_FailsTheRun()
    {
        var fault = await Should.ThrowAsync<SimulationException>(() => RunAsync(static _ => new TaskCompletionSource().Task));

        fault.Message.ShouldContain("Seed 1 cannot go on");
    }

    [Fact]
    public async Task Run_ThatExceedsItsSteps_Fails()
    {
        var fault = await Should.ThrowAsync<SimulationException>(() => RunAsync(static async cluster =>
        {
            while (true)
            {
                await Task.Yield();
                _ = cluster;
            }
        }));

        fault.Message.ShouldContain("Seed 1 exceeds its limits");
    }

    [Fact]
    public void CurrentGrain_IsWhereOrleansKeepsIt()
    {
        TurnContext.Set(null);

        TurnContext.Current.ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(typeof(string))]
    public void CurrentGrain_WhichOrleansHasMoved_IsNamedInTheFault(Type? found)
    {
        var fault = Should.Throw<SimulationException>(() => TurnContext.Bind(found));

        fault.Message.ShouldContain("Orleans.Runtime.RuntimeContext");
        fault.Message.ShouldContain("SetExecutionContext");
        fault.Message.ShouldContain($"found: {found?.FullName ?? "no such type"}");
    }

    private static Task<SimulationTrace> RunAsync(Func<SimulatedCluster, Task> body) =>
        SimulatedCluster.RunAsync(seed: 1, static (_, _) => { }, body, new() { MaxSteps = 10_000 });

    private static async Task WaitAsync(Task task) => await task;

    private static void CompleteFromHere(object? source) => ((TaskCompletionSource)source!).SetResult();
}
