namespace ActorShop.Models.Checkout;

/// <summary>How much of a shop is searched.</summary>
internal sealed record Bounds(string Name)
{
    /// <summary>Gets what the tests search, in seconds.</summary>
    public static IReadOnlyList<Bounds> Small { get; } =
    [
        ForUnits(1), ForUnits(2), ForUnits(1, coupons: 1), ForUnits(2, coupons: 1), ForUnits(1, attempts: 2),
        ForCarts(attempts: 2, edits: 1), ForCarts(attempts: 2, edits: 1, editsChangeIds: true), ForBoth(attempts: 1),
    ];

    /// <summary>Gets what the command searches, in 18 seconds.</summary>
    public static IReadOnlyList<Bounds> Full { get; } =
    [
        .. Small,
        ForUnits(2, attempts: 2), ForUnits(2, coupons: 1, attempts: 2),
        ForCarts(attempts: 2, edits: 2), ForCarts(attempts: 3, edits: 1),
        ForBoth(attempts: 2), ForBoth(attempts: 1, units: 1, rival: true), ForBoth(attempts: 1, units: 2, rival: true),
    ];

    /// <summary>Gets what takes three minutes and six gigabytes.</summary>
    public static IReadOnlyList<Bounds> Deep { get; } = [ForCarts(attempts: 3, edits: 2), ForTwoCarts()];

    public int Carts { get; init; } = 1;

    /// <summary>Gets the number of idempotency keys with which each cart is checked out, each any number of times.</summary>
    public int Keys { get; init; } = 1;

    /// <summary>Gets the number of attempts that each cart names in all.</summary>
    public int Attempts { get; init; } = 1;

    public int Edits { get; init; }

    /// <summary>Gets the units of the one SKU; each order takes one. 0: the SKU is not tracked.</summary>
    public int Units { get; init; }

    /// <summary>Gets the uses of the one coupon; each order takes one. 0: no coupon.</summary>
    public int Coupons { get; init; }

    /// <summary>Gets a value indicating whether the provider is asked. It is left out for a total of zero.</summary>
    public bool Provider { get; init; }

    public bool Cancels { get; init; }

    /// <summary>Gets a value indicating whether an edit changes the order ids that follow. It does not where clocks differ: the ids contain the time of the cart's last change.</summary>
    public bool EditsChangeIds { get; init; }

    /// <summary>Gets a value indicating whether the second cart has one key and no edits. The two carts are alike otherwise.</summary>
    public bool Rival { get; init; }

    /// <summary>Gets the two orders of two carts that compete for units.</summary>
    public static Bounds ForUnits(int units, int coupons = 0, int attempts = 1) => new($"units {units}, coupons {coupons}, attempts {attempts}")
    {
        Carts = 2,
        Attempts = attempts,
        Units = units,
        Coupons = coupons,
        Provider = true,
        Cancels = true,
    };

    /// <summary>Gets the one cart with two keys and its edits, at a total of zero.</summary>
    public static Bounds ForCarts(int attempts, int edits, bool editsChangeIds = false) =>
        new($"keys 2, attempts {attempts}, edits {edits}{(editsChangeIds ? ", ids change" : string.Empty)}")
        {
            Keys = 2,
            Attempts = attempts,
            Edits = edits,
            EditsChangeIds = editsChangeIds,
        };

    /// <summary>Gets both at once: a cart with two keys and an edit, whose orders compete for units with each other, and with a rival.</summary>
    public static Bounds ForBoth(int attempts, int units = 1, bool rival = false) =>
        new($"keys 2, attempts {attempts}, edits 1, units {units}{(rival ? ", and a rival" : string.Empty)}")
        {
            Carts = rival ? 2 : 1,
            Rival = rival,
            Keys = 2,
            Attempts = attempts,
            Edits = 1,
            Units = units,
            Provider = true,
            Cancels = true,
        };

    /// <summary>Gets two carts with two keys and an edit each, which compete for one unit.</summary>
    public static Bounds ForTwoCarts() => ForBoth(attempts: 1) with { Name = "carts 2, keys 2, attempts 1, edits 1, units 1", Carts = 2 };
}
