using Microsoft.Extensions.Logging.Abstractions;

namespace ActorShop.Simulation;

/// <summary>The lifecycle in which facets load their state. Activations do not migrate here.</summary>
internal sealed class GrainLifecycle() : LifecycleSubject(NullLogger.Instance), IGrainLifecycle
{
    public void AddMigrationParticipant(IGrainMigrationParticipant participant)
    {
    }

    public void RemoveMigrationParticipant(IGrainMigrationParticipant participant)
    {
    }
}
