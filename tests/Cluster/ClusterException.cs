namespace ActorShop.Cluster;

/// <summary>The cluster cannot do what was asked; the message says why in one line.</summary>
internal sealed class ClusterException : Exception
{
    public ClusterException(string message)
        : base(message)
    {
    }

    public ClusterException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
