using ActorShop.Orders;
using ActorShop.Reporting;

namespace ActorShop.Api.Orders;

/// <summary>An order in a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Number">The order number for people.</param>
/// <param name="Status">The status of the order.</param>
/// <param name="Total">The amount to pay.</param>
/// <param name="Lines">The number of lines.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="ExternalId">The id in the system that the order was imported from.</param>
/// <param name="CartId">The cart of the order.</param>
/// <param name="PlacedAt">When the order was placed.</param>
public sealed record OrderSummaryResponse(
    string Id, string Number, OrderStatus Status, MoneyBody Total, int Lines, string? CustomerId, string? ExternalId, string? CartId,
    DateTimeOffset PlacedAt)
{
    internal static OrderSummaryResponse Of(OrderSummary order) => new(
        order.Id.Value, order.Number, order.Status, MoneyBody.Of(order.Total), order.Lines, order.CustomerId, order.ExternalId, order.Cart?.Value,
        order.PlacedAt);
}

internal static class ListOrders
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapGet("/", static async (Query<Parameters> query, HttpContext http, IGrainFactory grains) => TypedResults.Ok(
            (await grains.Queries().FindOrdersAsync(query.Value.ToQuery())).Render(query.Value.Paging, http, OrderSummaryResponse.Of)))
        .WithSummary("List orders")
        .WithDescription("By default all orders except failed ones, newest first. The list may lag by `lagSeconds`.");

    private sealed record Parameters(
        OrderStatus? Status, string? Number, string? Email, string? CustomerId, string? ExternalId, DateTimeOffset? From, DateTimeOffset? To,
        bool IsDescending, Paging Paging)
        : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(
            query.Word<OrderStatus>("status", "The status. Defaults to all except `failed`."),
            query.Text("number", "The order number for people, with or without its hyphen.", 20),
            query.Text("email", "The email address for the confirmation, ignoring case.", 320),
            query.Text("customerId", "The merchant's id of the customer."),
            query.Text("externalId", "The id in the system that the order was imported from."),
            query.Time("placedAt[gte]", "Placed at or after this time."),
            query.Time("placedAt[lt]", "Placed before this time."),
            query.Choice("sort", "The sort order; `-` sorts descending.", "placedAt", "-placedAt") is not "placedAt",
            query.Page());

        public OrderQuery ToQuery() => new(
            Status, CustomerId, ExternalId, From, To, IsDescending, Paging.After, Paging.Limit, Number, Email);
    }
}
