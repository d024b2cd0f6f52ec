namespace ActorShop.Chaos.Failover;

/// <summary>A call of a cart, from the first attempt to the answer.</summary>
/// <param name="Cart">The index of the cart.</param>
/// <param name="Began">When the first attempt was sent.</param>
/// <param name="Ended">When it was answered.</param>
/// <param name="Failed">Failed attempts.</param>
/// <param name="IsGivenUp">Whether every attempt failed.</param>
internal readonly record struct ProbeCall(int Cart, TimeSpan Began, TimeSpan Ended, int Failed, bool IsGivenUp)
{
    /// <summary>A caller notices an answer that takes longer.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);

    /// <summary>Whether the caller noticed a failure or a delay.</summary>
    public bool IsNoticed => Failed > 0 || Ended - Began > Noticed;
}
