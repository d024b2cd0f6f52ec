namespace ActorShop.Api;

internal static class LineLimits
{
    public const int MaxQuantity = 100_000;

    public const int MaxLines = 2_000;
}
