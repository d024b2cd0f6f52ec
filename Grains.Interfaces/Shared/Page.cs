namespace ActorShop;

/// <param name="Items">At most as many as asked for.</param>
/// <param name="Next">The position after the last item; null at the end. Opaque to callers.</param>
/// <param name="LagSeconds">How far the read model is behind the committed events; 0 if the list is not from a read model.</param>
[GenerateSerializer, Immutable, Alias("shared.page`1")]
public sealed record Page<T>(
    ImmutableArray<T> Items, string? Next, double LagSeconds = 0);
