using ActorShop.Api;
using ActorShop.Api.Accounting;
using ActorShop.Api.Carts;
using ActorShop.Api.Catalog;
using ActorShop.Api.Documentation;
using ActorShop.Api.Hosting;
using ActorShop.Api.Inventory;
using ActorShop.Api.Limits;
using ActorShop.Api.Operators;
using ActorShop.Api.Orders;
using ActorShop.Api.Payments;
using ActorShop.Api.Reporting;
using ActorShop.Silo;
using ActorShop.Silo.Clustering;
using ActorShop.Silo.Dashboard;
using ActorShop.Silo.Health;
using ActorShop.Silo.Operators;
using ActorShop.Silo.Payments;

return await HostExit.RunShopAsync(() =>
{
    // Settings are beside the program; data is in the folder in which it is started.
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddShopLogging();

    if (builder.Configuration.HasCluster())
    {
        // Microsoft Orleans: a member of the cluster without grains, or a client of it. No state.
        builder.AddShopCluster();
    }
    else
    {
        // State: a SQLite file beneath ./data.
        builder.AddShopStorage();

        // Microsoft Orleans: the only silo, in this process.
        builder.AddShopSilo();

        // Grains, and the work that runs beside them.
        builder.AddShop();

        // Payments: the provider at Payments:Url, or a simulated one.
        builder.AddPayments();
    }

    // Health: live, startup, ready.
    builder.AddShopHealth();

    // HTTP: the public port and the operators' port.
    builder.AddApi();

    // Microsoft Orleans' stream of catalogue changes keeps the cache of products fresh.
    builder.Services.AddHostedService<ProductChanges>();

    var app = builder.Build();
    app.UseApi(static port => port.UseOperatorsHosts(), routes =>
    {
        routes.MapOperatorsPage(builder.HasDashboard() ? DashboardHosting.Path : null).RequireOperatorsKey();
        routes.MapShopDashboard();
    });
    MapShop(app);

    // Kestrel opens its ports last, after the silo has joined.
    var addresses = app.Services.GetRequiredService<HttpAddresses>();
    FreePort.Ensure("Api:Public", addresses.Public);
    FreePort.Ensure("Api:Operators", addresses.Operators);

    app.LogStart(builder.DataPlace());
    return app;
});

/// <summary>The routes of the public port, by feature.</summary>
internal partial class Program
{
    internal static void MapShop(WebApplication app)
    {
        var v1 = app.MapGroup("/v1").AddEndpointFilter<RouteGroupBuilder, RequestFilter>().AddEndpointFilter<RouteGroupBuilder, RepeatFilter>()
            .WithMetadata(new Refusals(Problems.OfEveryRoute));
        ((IEndpointConventionBuilder)v1).Finally(RequestBodyType.Declare);
        ((IEndpointConventionBuilder)v1).Finally(OperationName.Declare);
        var shelves = v1.MapGroup(string.Empty).CountAs(RouteClass.Browse);
        shelves.MapCatalog();
        shelves.MapStock();

        var sales = v1.MapGroup(string.Empty).CountAs(RouteClass.Cart);
        sales.MapCarts();
        sales.MapOrders();

        var admin = v1.MapGroup("/admin").CountAs(RouteClass.Admin);
        admin.MapAdminCatalog();
        admin.MapAdminStock();
        admin.MapAdminOrders();
        admin.MapAdminPayments();
        admin.MapLedger();
        admin.MapReports();

        app.MapHealth();
        app.MapDocumentation();
    }
}
