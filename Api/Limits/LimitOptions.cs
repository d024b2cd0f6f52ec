using ActorShop.Api.Hosting;

namespace ActorShop.Api.Limits;

/// <summary>How much a caller may ask of one API process. A caller is an API key or, without one, an address.</summary>
/// <remarks>
/// Keys with the scope <c>import</c> have no limit. Each process counts by itself, so n processes allow n times as much.
/// </remarks>
public sealed class LimitOptions
{
    public const string Section = $"{ApiOptions.Section}:Limits";

    /// <summary>Whether there are limits.</summary>
    /// <value>True.</value>
    /// <remarks>Without them a load test measures the shop. A shop that strangers reach needs them.</remarks>
    public bool Enabled { get; set; } = true;

    /// <summary>Requests a minute for products, categories, stock and documentation.</summary>
    /// <value>600.</value>
    /// <remarks>More: more customers behind one address (a company, a mobile network). Fewer: a scraper takes less of the shop.</remarks>
    [Range(1, int.MaxValue)]
    public int Browse { get; set; } = 600;

    /// <summary>Requests a minute for carts and orders, other than checkouts. Cancellations are among them.</summary>
    /// <value>300.</value>
    /// <remarks>More: more customers behind one address. Fewer: an anonymous caller creates fewer carts.</remarks>
    [Range(1, int.MaxValue)]
    public int Cart { get; set; } = 300;

    /// <summary>Checkouts a minute. A repeat counts too, because its key is read later.</summary>
    /// <value>20.</value>
    /// <remarks>More: more customers behind one address buy in a rush. Fewer: stolen cards are tried more slowly.</remarks>
    [Range(1, int.MaxValue)]
    public int Checkout { get; set; } = 20;

    /// <summary>Requests a minute with an unknown API key, for each address.</summary>
    /// <value>20.</value>
    /// <remarks>More: a program with an old key may try more often. Fewer: keys are tried more slowly.</remarks>
    [Range(1, int.MaxValue)]
    public int Credentials { get; set; } = 20;

    /// <summary>Requests a minute under <c>/v1/admin</c>.</summary>
    /// <value>3,000.</value>
    /// <remarks>More: an integration finishes sooner. Fewer: a runaway program takes less of the shop. For bulk work, give its key the scope <c>import</c>.</remarks>
    [Range(1, int.MaxValue)]
    public int Admin { get; set; } = 3_000;

    /// <summary>Checkouts at a time.</summary>
    /// <value>10.</value>
    /// <remarks>More: more customers behind one address pay at once. Fewer: a caller with slow payments occupies less of <see cref="ApiOptions.MaxRequests"/>.</remarks>
    [Range(1, int.MaxValue)]
    public int MaxConcurrentCheckouts { get; set; } = 10;

    /// <summary>Orders of an anonymous caller whose payment has no outcome yet.</summary>
    /// <value>10.</value>
    /// <remarks>More: customers behind one address go on buying while the payment provider is slow. Fewer: unpaid orders reserve less stock.</remarks>
    [Range(1, int.MaxValue)]
    public int MaxPendingOrders { get; set; } = 10;

    /// <summary>Units in orders of an anonymous caller whose payment has no outcome yet, and so the most units of one anonymous order.</summary>
    /// <value>1,000.</value>
    /// <remarks>More: larger orders without an account. Fewer: one caller reserves less of a SKU.</remarks>
    [Range(1, int.MaxValue)]
    public int MaxPendingUnits { get; set; } = 1_000;
}
