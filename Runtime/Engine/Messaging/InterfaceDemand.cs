namespace ActorShop.Runtime.Messaging;

/// <summary>What a call asks of a silo: a grain interface in this version or a later one.</summary>
/// <param name="Interface">The stable hash of the interface's name.</param>
/// <param name="Version">The version that the caller was built with; 0 where any will do.</param>
internal readonly record struct InterfaceDemand(uint Interface, int Version)
{
    /// <summary>Whether an interface of a version will do: callers of older versions are served, those of newer ones are not.</summary>
    public bool IsMetBy(int version) => version >= Version;
}
