using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

/// <summary>Units reserved for an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">The reserved units.</param>
/// <param name="ExpiresAt">When the stock first asks the order whether it still needs the units. A reservation does not expire by itself.</param>
public sealed record ReservationResponse(string OrderId, int Quantity, DateTimeOffset ExpiresAt)
{
    internal static ReservationResponse Of(ReservationView reservation) =>
        new(reservation.Order.Value, reservation.Quantity, reservation.CheckAt);
}

internal static class ListReservations
{
    public static void Map(IEndpointRouteBuilder reservations) => reservations
        .MapGet("/", static async (Query<Parameters> query, HttpContext http, IGrainFactory grains) => TypedResults.Ok(
            (await grains.Stock(query.Value.Sku).GetReservationsAsync())
            .Page(query.Value.Paging, static reservation => reservation.Order.Value)
            .Render(query.Value.Paging, http, ReservationResponse.Of)))
        .WithSummary("List the reservations of a SKU")
        .WithDescription("The units of orders that have not settled.");

    private sealed record Parameters(Sku Sku, Paging Paging) : IQuery<Parameters>
    {
        public static Parameters Read(QueryReader query) => new(Sku.From(query.RequiredSku("sku", "The SKU.")), query.Page());
    }
}
