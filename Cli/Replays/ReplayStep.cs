using System.Collections.Immutable;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Replays;

/// <summary>One request that an event becomes.</summary>
/// <param name="Key">Names it for ever: its Idempotency-Key and its place in the journal.</param>
internal abstract record ReplayStep(string Key)
{
    /// <summary>An order taken elsewhere.</summary>
    internal sealed record PlaceOrder(string Key, string? Customer, DateTimeOffset At, ImmutableArray<OrderItem> Items) : ReplayStep(Key)
    {
        /// <summary>What it comes to in minor units.</summary>
        public long Total => Items.Sum(static item => item.Quantity * item.UnitPrice.Amount);
    }

    /// <summary>Units of an order given back.</summary>
    /// <param name="Key">See there.</param>
    /// <param name="Invoice">The cancellation.</param>
    /// <param name="Order">The invoice of the order.</param>
    /// <param name="Customer">Whose it is, should it become a credit note.</param>
    /// <param name="At">When.</param>
    /// <param name="Items">What.</param>
    internal sealed record Refund(
        string Key, string Invoice, string Order, string? Customer, DateTimeOffset At, ImmutableArray<ReturnItem> Items) : ReplayStep(Key)
    {
        /// <summary>What it asks back in minor units.</summary>
        public long Total => Items.Sum(static item => item.Quantity * item.UnitPrice.Amount);
    }

    /// <summary>Units given back that belong to no order that is known.</summary>
    internal sealed record CreditNote(string Key, string Invoice, string? Customer, DateTimeOffset At, ImmutableArray<ReturnItem> Items)
        : ReplayStep(Key)
    {
        /// <summary>The key of the note for what a refund could not take.</summary>
        public static string RestOf(Refund refund) => $"{refund.Key}-rest";

        /// <summary>What it grants in minor units.</summary>
        public long Total => Items.Sum(static item => item.Quantity * item.UnitPrice.Amount);
    }

    /// <summary>Units in (positive) or out.</summary>
    internal sealed record Adjust(string Key, string Sku, int Delta, string Reason) : ReplayStep(Key);

    /// <summary>Money written off, or back.</summary>
    internal sealed record Entry(string Key, Money Amount, string Account, string Reason, DateTimeOffset At) : ReplayStep(Key);
}

/// <summary>A line of an order, as the API takes it.</summary>
internal sealed record OrderItem(string Sku, int Quantity, Money UnitPrice);

/// <summary>A line of a refund or credit note, as the API takes it.</summary>
internal sealed record ReturnItem(string Sku, int Quantity, Money UnitPrice, bool Restock);
