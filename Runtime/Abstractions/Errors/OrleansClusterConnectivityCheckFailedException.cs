namespace Orleans.Runtime.MembershipService;

/// <summary>A silo cannot join: a member of the cluster does not answer it. Started again it may, once both reach each other.</summary>
public sealed class OrleansClusterConnectivityCheckFailedException : OrleansException
{
    /// <summary>Nothing stated.</summary>
    public OrleansClusterConnectivityCheckFailedException()
        : base("The silo and a member of its cluster do not reach each other.")
    {
    }

    /// <summary>In words.</summary>
    public OrleansClusterConnectivityCheckFailedException(string message)
        : base(message)
    {
    }

    /// <summary>In words, with its cause.</summary>
    public OrleansClusterConnectivityCheckFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
