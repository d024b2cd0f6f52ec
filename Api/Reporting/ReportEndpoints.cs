using ActorShop.Api.Access;

namespace ActorShop.Api.Reporting;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        ListSagas.Map(routes.MapGroup("/sagas").WithTags("Operations (admin)").RequireScope(Scopes.Reports));
        ListOutbox.Map(routes.MapGroup("/outbox").WithTags("Operations (admin)").RequireScope(Scopes.Reports));

        var reports = routes.MapGroup("/reports").WithTags("Reports (admin)").RequireScope(Scopes.Reports);
        GetSales.Map(reports);
        GetBestSellers.Map(reports);
        GetStockValue.Map(reports);
        RebuildReports.Map(reports);
    }
}
