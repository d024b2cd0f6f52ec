using ActorShop.Orders;
using ActorShop.Reporting;

namespace ActorShop.Api.Orders;

/// <summary>Which orders, in what order.</summary>
internal sealed record OrderParameters(
    OrderStatus? Status, string? CustomerId, string? ExternalId, DateTimeOffset? From, DateTimeOffset? To, bool IsDescending, Paging Paging)
    : IQuery<OrderParameters>
{
    private static readonly string[] Statuses = Words.All(typeof(OrderStatus));

    public static OrderParameters Read(QueryReader query)
    {
        var status = query.Choice("status", "A status; all that did not fail if left out.", Statuses);
        return new OrderParameters(
            status is null || !Statuses.Contains(status, StringComparer.Ordinal) ? null : (OrderStatus)Array.IndexOf(Statuses, status),
            query.Text("customerId", "Whose orders."),
            query.Text("externalId", "The id under which it was taken elsewhere."),
            query.Time("placedAt[gte]", "Placed at or after."),
            query.Time("placedAt[lt]", "Placed before."),
            query.Choice("sort", "By time of placing.", ["placedAt", "-placedAt"]) is not "placedAt",
            query.Page());
    }

    public OrderQuery ToQuery() => new(Status, CustomerId, ExternalId, From, To, IsDescending, Paging.After, Paging.Limit);
}

/// <summary>An order in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Total">What is paid.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="CustomerId">Whose it is, if known.</param>
/// <param name="ExternalId">The id under which it was taken elsewhere.</param>
/// <param name="CartId">The cart it came from.</param>
/// <param name="PlacedAt">When it was placed.</param>
public sealed record OrderSummaryResponse(
    string Id, OrderStatus Status, MoneyBody Total, int Lines, string? CustomerId, string? ExternalId, string? CartId,
    DateTimeOffset PlacedAt)
{
    internal static OrderSummaryResponse Of(OrderSummary order) => new(
        order.Id.Value, order.Status, MoneyBody.Of(order.Total), order.Lines, order.CustomerId, order.ExternalId, order.Cart?.Value,
        order.PlacedAt);
}
