using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Imports;

/// <summary>One request of a product, in the order in which they are sent.</summary>
/// <param name="What">What is changed, for a refusal.</param>
/// <param name="IsChecked">Whether the shop has already said that it would accept the request.</param>
/// <param name="Units">The units of opening stock.</param>
internal sealed record ImportStep(string What, ShopRequest Request, bool IsChecked = false, int Units = 0)
{
    public ShopRequest Check => Request with { Path = $"{Request.Path}?dryRun=true" };
}
