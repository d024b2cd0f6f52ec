namespace ActorShop.Health;

/// <summary>Lets a silo that is cut off answer no call of a grain: asked when the call arrives and again when its answer is given.</summary>
/// <remarks>
/// Calls between the silos themselves (probes, the grain directory) pass: they decide what becomes of this silo. A command that was executed and
/// is not answered is repeated by its caller, under the same key.
/// </remarks>
public sealed class CutOffFilter(HealthAgent agent) : IIncomingGrainCallFilter
{
    /// <inheritdoc/>
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.TargetId.IsSystemTarget())
        {
            await context.Invoke();
            return;
        }

        agent.EnsureMayAnswer();
        await context.Invoke();
        agent.EnsureMayAnswer();
    }
}
