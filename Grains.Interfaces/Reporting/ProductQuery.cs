namespace ActorShop.Reporting;

/// <summary>Which products, in what order. All filters must hold.</summary>
/// <param name="Text">Words of the name, taken literally, case ignored; null for all.</param>
/// <param name="Category">A category's code.</param>
/// <param name="Currency">The currency of the price filters and of sorting by price.</param>
/// <param name="MinPrice">Minor units, inclusive.</param>
/// <param name="MaxPrice">Minor units, inclusive.</param>
/// <param name="InStock">True for products with a free unit, false for those without.</param>
/// <param name="Sort"><c>name</c>, <c>-name</c>, <c>price</c>, <c>-price</c>, <c>createdAt</c> or <c>-createdAt</c>.</param>
/// <param name="After">Where the page before ended.</param>
/// <param name="Limit">1 to 100.</param>
[GenerateSerializer, Immutable, Alias("reporting.product-query")]
public sealed record ProductQuery(
    string? Text, string? Category, string Currency, long? MinPrice, long? MaxPrice, bool? InStock, string Sort, string? After, int Limit);

/// <summary>A page of products, and how many there are in each category under the same filters.</summary>
[GenerateSerializer, Immutable, Alias("reporting.product-list")]
public sealed record ProductList(Page<ProductSummary> Page, ImmutableArray<Facet> Categories);

/// <summary>A product in a list.</summary>
[GenerateSerializer, Immutable, Alias("reporting.product-summary")]
public sealed record ProductSummary(
    Catalog.ProductId Id, string Name, string? Category, ImmutableArray<Sku> Skus, Money? PriceFrom, bool InStock, DateTimeOffset CreatedAt);

/// <summary>A value and how often it occurs.</summary>
[GenerateSerializer, Immutable, Alias("reporting.facet")]
public sealed record Facet(string Value, int Count);

/// <summary>Which orders, in what order.</summary>
/// <param name="Status">A status; null for all that did not fail.</param>
/// <param name="CustomerId">A customer.</param>
/// <param name="ExternalId">An external id.</param>
/// <param name="From">Placed at or after.</param>
/// <param name="To">Placed before.</param>
/// <param name="Descending">Newest first.</param>
/// <param name="After">Where the page before ended.</param>
/// <param name="Limit">1 to 100.</param>
[GenerateSerializer, Immutable, Alias("reporting.order-query")]
public sealed record OrderQuery(
    Orders.OrderStatus? Status, string? CustomerId, string? ExternalId, DateTimeOffset? From, DateTimeOffset? To, bool Descending,
    string? After, int Limit);

/// <summary>An order in a list.</summary>
[GenerateSerializer, Immutable, Alias("reporting.order-summary")]
public sealed record OrderSummary(
    Orders.OrderId Id, Orders.OrderStatus Status, Money Total, int Lines, string? CustomerId, string? ExternalId, Carts.CartId? Cart,
    DateTimeOffset PlacedAt);

/// <summary>One event of a stream.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Type">What happened, such as <c>confirmed</c>.</param>
/// <param name="Data">The event as JSON.</param>
[GenerateSerializer, Immutable, Alias("reporting.history-entry")]
public sealed record HistoryEntry(long Sequence, DateTimeOffset At, string Type, string Data);

/// <summary>A saga that has not ended.</summary>
[GenerateSerializer, Immutable, Alias("reporting.saga-entry")]
public sealed record SagaEntry(string Grain, string Step, DateTimeOffset? Due);

/// <summary>A message that is not delivered yet.</summary>
[GenerateSerializer, Immutable, Alias("reporting.outbox-entry")]
public sealed record OutboxEntry(string Stream, long Sequence, string Topic);

/// <summary>One side of a double entry.</summary>
[GenerateSerializer, Immutable, Alias("reporting.posting-entry")]
public sealed record PostingEntry(string Stream, long Sequence, DateTimeOffset At, string Account, Money Amount);

/// <summary>The sum of an account in a currency. The sum over all accounts is zero.</summary>
[GenerateSerializer, Immutable, Alias("reporting.account-balance")]
public sealed record AccountBalance(string Account, Money Balance);

/// <summary>Which sales. Both days are included; null is no limit.</summary>
[GenerateSerializer, Immutable, Alias("reporting.sales-query")]
public sealed record SalesQuery(DateOnly? From, DateOnly? To, bool ByMonth, string Currency);

/// <summary>Sales by period.</summary>
[GenerateSerializer, Immutable, Alias("reporting.sales-report")]
public sealed record SalesReport(ImmutableArray<SalesRow> Rows, SalesRow Total, double LagSeconds, long LagEvents);

/// <summary>What was sold and given back in a period.</summary>
/// <param name="Period"><c>2011-11-04</c> or <c>2011-11</c>.</param>
/// <param name="Orders">Orders confirmed, by the day they were placed.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Units">Their units.</param>
/// <param name="Gross">Their totals.</param>
/// <param name="Refunded">Refunds of orders, by the day they were made, zero or above.</param>
/// <param name="Credited">Credit notes, by their day, zero or above.</param>
/// <param name="Entries">
/// Other manual entries (such as bad debt), by their day, as the cash has them: negative where the entry's account gained.
/// </param>
/// <param name="RefundedLines">Lines of refunds and credit notes.</param>
/// <param name="Documents">Refunds, credit notes and entries, counted as documents.</param>
/// <param name="Net">Gross less refunded less credited plus entries.</param>
[GenerateSerializer, Immutable, Alias("reporting.sales-row")]
public sealed record SalesRow(
    string Period, int Orders, int Lines, long Units, Money Gross, Money Refunded, Money Credited, Money Entries, int RefundedLines,
    int Documents, Money Net);

/// <summary>Units sold of a SKU.</summary>
[GenerateSerializer, Immutable, Alias("reporting.best-seller")]
public sealed record BestSeller(Sku Sku, long Units, Money Revenue);

/// <summary>The value of what is on hand.</summary>
[GenerateSerializer, Immutable, Alias("reporting.stock-value-report")]
public sealed record StockValueReport(int Skus, long Units, Money Value, int SkusWithoutPrice);
