namespace ActorShop.Health;

/// <summary>Reads what the membership table says about this silo.</summary>
public interface IMembershipReader
{
    /// <summary>Reads the table. Throws whatever the database throws where it cannot be read.</summary>
    ValueTask<Membership> ReadAsync(CancellationToken cancellationToken);
}
