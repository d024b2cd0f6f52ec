namespace ActorShop.Cluster;

/// <summary>The cluster cannot do what was asked; the message says why in one line.</summary>
internal sealed class ClusterException(string message, Exception? inner = null) : Exception(message, inner);
