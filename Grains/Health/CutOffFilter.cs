namespace ActorShop.Health;

/// <summary>Lets a silo that is cut off answer no call of a grain: asked when the call arrives and again when its answer is given.</summary>
/// <remarks>
/// Calls of Orleans itself pass: those between silos (probes, the grain directory) decide what becomes of this silo, and a tick of a grain timer has no
/// caller who could read something stale or repeat it. A command that was executed and is not answered is repeated by its caller, under the same key.
/// </remarks>
public sealed class CutOffFilter(HealthAgent agent) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.TargetId.IsSystemTarget() || context.InterfaceMethod.DeclaringType?.Namespace?.StartsWith("Orleans", StringComparison.Ordinal) is true)
        {
            await context.Invoke();
            return;
        }

        agent.EnsureMayAnswer();
        await context.Invoke();
        agent.EnsureMayAnswer();
    }
}
