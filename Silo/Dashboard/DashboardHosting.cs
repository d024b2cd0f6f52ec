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
        return builder.Configuration.GetValue<bool?>("Dashboard:Enabled") ?? builder.Environment.IsDevelopment();
    }

    public static void MapShopDashboard(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        if (routes.ServiceProvider.GetService<OperatorsKeys>() is not { } keys)
        {
            return;
        }

        IEndpointConventionBuilder dashboard = routes.MapOrleansDashboard(Path).ExcludeFromDescription();

        // Covers every route beneath the path, including those that Orleans adds.
        dashboard.Finally(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => keys.Allow(http.Request) ? answer(http) : OperatorsKeys.ChallengeAsync(http.Response);
        });
    }

    internal static void AddShopDashboard(this ISiloBuilder silo) => silo.AddDashboard().Services.AddSingleton<OperatorsKeys>();

    internal static void AddShopDashboard(this IClientBuilder client) => client.AddDashboard().Services.AddSingleton<OperatorsKeys>();
}
