namespace ActorShop.Silo.Clustering;

/// <summary>How an API joins a cluster.</summary>
public enum ClusterRole
{
    /// <summary>As a silo without grains, which detects lost silos as the others do. It needs the database and the silo ports.</summary>
    Member,

    /// <summary>As an external client, for an API in another network. It needs the database and the gateway ports.</summary>
    Client,
}
