namespace ActorShop.Chaos.Checks;

/// <summary>What a shop that has come to rest and its payment provider say of themselves.</summary>
/// <param name="Orders">Every order that came from a cart, by id.</param>
/// <param name="Stocks">The stock of each SKU of the run.</param>
/// <param name="Provider">What the provider did, in the order in which it did it.</param>
/// <param name="Postings">The account book: sums by stream and account.</param>
/// <param name="Unfinished">Sagas, messages and reservations that have not come to an end, in words.</param>
internal sealed record Books(
    IReadOnlyDictionary<string, OrderBook> Orders, IReadOnlyDictionary<string, StockBook> Stocks, IReadOnlyList<ProviderEntry> Provider,
    IReadOnlyList<AccountSum> Postings, IReadOnlyList<string> Unfinished);

/// <summary>An order.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it stands, as its customer reads it.</param>
/// <param name="PaymentStatus">Where its money stands.</param>
/// <param name="Cart">The cart it came from.</param>
/// <param name="Units">What was bought, by SKU.</param>
/// <param name="Total">What is paid, in minor units.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="Events">What happened to it, in order.</param>
internal sealed record OrderBook(
    string Id, string Status, string PaymentStatus, string? Cart, IReadOnlyDictionary<string, int> Units, long Total, long Refunded,
    IReadOnlyList<string> Events)
{
    /// <summary>Whether it stands.</summary>
    public bool IsConfirmed => Status is "confirmed" or "completed";

    /// <summary>The payment of an order.</summary>
    public string Payment => $"pay_{Id["ord_".Length..]}";
}

/// <summary>The stock of a SKU.</summary>
/// <param name="OnHand">Units in the house.</param>
/// <param name="Reserved">Units of those set aside.</param>
/// <param name="Version">The number of its changes.</param>
/// <param name="Ledger">Every change, in order.</param>
internal sealed record StockBook(long OnHand, long Reserved, long Version, IReadOnlyList<LedgerEntry> Ledger);

/// <summary>A change of a SKU's stock.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Type">What happened: <c>adjusted</c>, <c>reserved</c>, <c>committed</c>, <c>released</c>, <c>expired</c>.</param>
/// <param name="Delta">What it added to the units on hand.</param>
/// <param name="OnHand">The units on hand after it.</param>
/// <param name="Reserved">The units set aside after it.</param>
/// <param name="Order">The order it is about.</param>
/// <param name="Quantity">The units of that order.</param>
/// <param name="Reason">Why it was adjusted.</param>
/// <param name="Operation">The id under which it was adjusted.</param>
internal sealed record LedgerEntry(
    long Sequence, string Type, long Delta, long OnHand, long Reserved, string? Order = null, int Quantity = 0, string? Reason = null,
    string? Operation = null);

/// <summary>A line of the provider's journal.</summary>
/// <param name="Key">The operation's key.</param>
/// <param name="Kind"><c>authorise</c>, <c>capture</c>, <c>refund</c> or <c>void</c>.</param>
/// <param name="Payment">The payment it belongs to.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Outcome">What it came to; only <c>done</c> has an effect.</param>
internal sealed record ProviderEntry(string Key, string Kind, string Payment, long Amount, string Outcome)
{
    /// <summary>Whether it took effect.</summary>
    public bool IsDone => Outcome is "done";
}

/// <summary>The sum of what one stream posted to one account.</summary>
/// <param name="Stream">Whose events: an order's, an entry's.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">Minor units.</param>
internal sealed record AccountSum(string Stream, string Account, long Amount);
