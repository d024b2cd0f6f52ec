namespace ActorShop.Storage.Reporting;

/// <summary>What both databases say alike of products.</summary>
internal static class ProductSql
{
    /// <summary>Whether a product <c>p</c> can be bought.</summary>
    public const string HasFreeUnit =
        "exists (select 1 from product_skus k join stock_levels s on s.sku = k.sku "
        + "where k.product = p.id and (s.policy = 'untracked' or s.on_hand > s.reserved))";

    /// <summary>The products <c>p</c> with their least prices <c>f</c> in a currency.</summary>
    public const string FromProducts = "from products p left join product_prices f on f.product = p.id and f.currency = ?";
}
