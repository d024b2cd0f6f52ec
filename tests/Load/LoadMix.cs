namespace ActorShop.Load;

internal enum LoadMix
{
    /// <summary>Read products, lists and stock.</summary>
    Browse,

    /// <summary>Read one of the given paths.</summary>
    Get,

    /// <summary>Create a cart and add ten lines.</summary>
    Cart,

    /// <summary>Create a cart, add two lines, check out, read the order.</summary>
    Checkout,

    /// <summary>Create a cart and add a thousand lines.</summary>
    Long,

    /// <summary>Check out one unit of the first SKU; all clients buy the same.</summary>
    Hot,

    /// <summary>Like <see cref="Hot"/>, with a random SKU each time.</summary>
    Spread,
}
