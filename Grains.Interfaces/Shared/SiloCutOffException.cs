namespace ActorShop;

/// <summary>The silo that was asked does not know whether it is still a member of the cluster, so it does not answer. The call may be repeated.</summary>
/// <remarks>Another silo answers as soon as the cluster has given this one up. A command may have taken effect: repeat it under the same key.</remarks>
[GenerateSerializer]
[Alias("shared.silo-cut-off")]
public sealed class SiloCutOffException : OrleansException
{
    public SiloCutOffException(string message)
        : base(message)
    {
    }
}
