namespace ActorShop.Health;

/// <summary>Reads what the membership table says about this silo.</summary>
public interface IMembershipReader
{
    /// <summary>Reads the table. Throws whatever the database throws where it cannot be read.</summary>
    ValueTask<Membership> ReadAsync(CancellationToken cancellationToken);
}

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
