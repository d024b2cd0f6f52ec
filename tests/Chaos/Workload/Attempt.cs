namespace ActorShop.Chaos.Workload;

/// <summary>One request as a customer's machine sees it: repetitions are attempts of their own.</summary>
/// <param name="Began">Since the run began.</param>
/// <param name="Took">Until the answer, or until nobody could expect one.</param>
/// <param name="Status">The status; 0 where no answer came.</param>
/// <param name="Kind">What was asked.</param>
internal readonly record struct Attempt(TimeSpan Began, TimeSpan Took, int Status, RequestKind Kind)
{
    /// <summary>When it was over.</summary>
    public TimeSpan Ended => Began + Took;

    /// <summary>Whether the shop was there: an answer of its own, even a no.</summary>
    public bool IsServed => Status is > 0 and < 500 and not 429;
}

/// <summary>What a request asks.</summary>
internal enum RequestKind
{
    /// <summary>Something that no other kind is.</summary>
    Other,

    /// <summary>Products and lists.</summary>
    Browse,

    /// <summary>The stock of a SKU.</summary>
    Stock,

    /// <summary>To make or to read a cart.</summary>
    Cart,

    /// <summary>To put a line into a cart.</summary>
    CartLine,

    /// <summary>To check out.</summary>
    Checkout,

    /// <summary>To read an order.</summary>
    Order,

    /// <summary>To cancel, capture or refund.</summary>
    Operation,

    /// <summary>To move stock.</summary>
    Adjustment,

    /// <summary>To take over an order that was taken elsewhere, and whatever else a merchant's history holds.</summary>
    History,
}

/// <summary>Between requests and what they ask.</summary>
internal static class RequestKinds
{
    /// <summary>What a request asks, by its method and path.</summary>
    public static RequestKind Of(HttpMethod method, string path)
    {
        ArgumentNullException.ThrowIfNull(method);

        var parts = path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(static part => part is "v1" or "admin").ToArray();
        return (parts.FirstOrDefault(), parts.ElementAtOrDefault(2)) switch
        {
            ("products" or "categories", _) => RequestKind.Browse,
            ("stock", "adjustments") => RequestKind.Adjustment,
            ("stock", _) => RequestKind.Stock,
            ("carts", "items") => RequestKind.CartLine,
            ("carts", "checkout") => RequestKind.Checkout,
            ("carts", _) => RequestKind.Cart,
            ("orders", "cancel" or "capture" or "refunds") => RequestKind.Operation,
            ("orders", _) when method == HttpMethod.Get => RequestKind.Order,
            ("orders" or "credit-notes" or "ledger", _) => RequestKind.History,
            _ => RequestKind.Other,
        };
    }
}
