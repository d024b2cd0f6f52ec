using ActorShop.Api.Access;

namespace ActorShop.Api.Inventory;

internal static class StockEndpoints
{
    public static void MapStock(this IEndpointRouteBuilder routes) => GetStock.Map(routes.MapGroup("/stock/{sku}").WithTags("Inventory"));

    public static void MapAdminStock(this IEndpointRouteBuilder routes)
    {
        var stock = routes.MapGroup("/stock/{sku}").WithTags("Inventory (admin)").RequireScope(Scopes.Inventory);
        OpenStock.Map(stock);
        AdjustStock.Map(stock);
        SetStockPolicy.Map(stock);
        GetStockLedger.Map(stock);

        var reservations = routes.MapGroup("/reservations").WithTags("Inventory (admin)").RequireScope(Scopes.Inventory);
        ListReservations.Map(reservations);
    }
}
