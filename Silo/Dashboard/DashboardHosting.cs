using ActorShop.Silo.Operators;
using Orleans.Dashboard;

namespace ActorShop.Silo.Dashboard;

/// <summary>The dashboard of Microsoft Orleans on the operators' port, for callers with an operators' key.</summary>
public static class DashboardHosting
{
    public const string Path = "/dashboard";

    /// <summary>Whether the process has a dashboard: <c>Dashboard:Enabled</c>; without that setting, only in Development.</summary>
    /// <remarks>
    /// The dashboard counts every grain call of the process in a filter. A silo without it is missing from the figures of the others.
    /// </remarks>
    public static bool HasDashboard(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return HasDashboard(builder.Configuration, builder.Environment);
    }

    public static void MapShopDashboard(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var services = routes.ServiceProvider;
        if (HasDashboard(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()))
        {
            routes.MapOrleansDashboard(Path).ExcludeFromDescription().RequireOperatorsKey();
        }
    }

    internal static void AddShopDashboard(this ISiloBuilder silo) => silo.AddDashboard();

    internal static void AddShopDashboard(this IClientBuilder client) => client.AddDashboard();

    private static bool HasDashboard(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetValue<bool?>("Dashboard:Enabled") ?? environment.IsDevelopment();
}
