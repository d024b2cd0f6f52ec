namespace ActorShop.Testing.Customers;

/// <summary>One request as its client sees it; each repetition is an attempt of its own.</summary>
/// <param name="Began">When it was sent, since the start of the run.</param>
/// <param name="Status">The status; 0 where no answer arrived.</param>
/// <param name="Kind">The request; null for those of the replayed history and of the checks.</param>
public readonly record struct Attempt(TimeSpan Began, TimeSpan Took, int Status, CallKind? Kind)
{
    public TimeSpan Ended => Began + Took;

    /// <summary>Whether the shop answered, even with a refusal.</summary>
    public bool IsServed => Status is > 0 and < 500 and not 429;
}
