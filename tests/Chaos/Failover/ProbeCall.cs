namespace ActorShop.Chaos.Failover;

/// <summary>A call of a cart, from the first attempt to the answer.</summary>
internal readonly record struct ProbeCall(int Cart, TimeSpan Began, TimeSpan Ended, int Failed, bool IsGivenUp)
{
    /// <summary>A caller notices an answer that takes longer.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1);

    public bool IsNoticed => Failed > 0 || Ended - Began > Noticed;
}
