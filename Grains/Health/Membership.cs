namespace ActorShop.Health;

/// <summary>What the membership table says about a silo.</summary>
public enum Membership
{
    /// <summary>The table has no row for it.</summary>
    Absent,

    /// <summary>It joins, is active, or leaves in order.</summary>
    Member,

    /// <summary>The cluster has given it up.</summary>
    Dead,
}
