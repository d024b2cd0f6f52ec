namespace ActorShop.Api;

/// <summary>Marks a change that requires <c>If-Match</c> or <c>If-None-Match</c>.</summary>
internal sealed class IfMatchRequired
{
    public static IfMatchRequired Instance { get; } = new();
}
