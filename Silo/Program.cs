using System.Net;
using ActorShop.Silo.Dashboard;
using ActorShop.Silo.Health;
using ActorShop.Silo.Operators;
using ActorShop.Silo.Payments;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo;

/// <summary>A silo in its own process.</summary>
/// <remarks>No top-level statements: the API refers to this assembly, and its document generator accepts one global <c>Program</c>.</remarks>
internal static class Program
{
    private static Task<int> Main(string[] args) => HostExit.RunShopAsync(() =>
    {
        // Settings are beside the program; data is in the folder in which it is started.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddShopLogging();

        // State: PostgreSQL in a cluster, a SQLite file otherwise.
        builder.AddShopStorage();

        // Microsoft Orleans: a silo of the cluster, or the only one.
        builder.AddShopSilo();

        // Grains, and the work that runs beside them.
        builder.AddShop();

        // Payments: the provider at Payments:Url, or a simulated one.
        builder.AddPayments();

        // Health: live, startup, ready.
        builder.AddShopHealth();

        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(
            IPEndPoint.Parse(kestrel.ApplicationServices.GetRequiredService<IOptions<SiloOptions>>().Value.Operators)));

        var app = builder.Build();
        app.UseOperatorsHosts();
        app.MapHealth();
        app.MapShopDashboard();
        return app;
    });
}
