namespace ActorShop.Health;

/// <summary>What a step of the health agent means for its silo.</summary>
public enum HealthVerdict
{
    Stay,

    /// <summary>The cluster has given it up: it ends its process.</summary>
    Dead,

    /// <summary>It cannot read the table, and another member can: it ends its process.</summary>
    Leave,
}
