namespace ActorShop.Simulation.Shop;

internal static class Shrinker
{
    /// <summary>Leaves out whatever can be left out, one thing after another, until nothing can.</summary>
    /// <returns>The smallest run found that still breaks the same claim.</returns>
    public static async Task<ShopReport> ShrinkAsync(ShopReport failed)
    {
        for (var wasShrunk = true; wasShrunk;)
        {
            wasShrunk = false;
            foreach (var word in Reduction.Of(failed.Plan))
            {
                if (Reduction.Of(failed.Plan).Contains(word, StringComparer.Ordinal)
                    && await ShopRun.RunAsync(Reduction.Apply(failed.Plan, word)) is { IsGreen: false } smaller
                    && smaller.Claims.Overlaps(failed.Claims))
                {
                    (failed, wasShrunk) = (smaller, true);
                }
            }
        }

        return failed;
    }
}
