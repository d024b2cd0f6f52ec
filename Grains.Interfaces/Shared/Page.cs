namespace ActorShop;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">The position after the last item; null at the end. Opaque to callers, readable to whoever made it.</param>
/// <param name="LagSeconds">How far the read model is behind what is committed; 0 when it is not a read model.</param>
[GenerateSerializer, Immutable, Alias("shared.page`1")]
public sealed record Page<T>(
    ImmutableArray<T> Items, string? Next, double LagSeconds = 0);
