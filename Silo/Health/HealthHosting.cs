using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorShop.Silo.Health;

public static class HealthHosting
{
    /// <summary>The tag of the check whether the host has started.</summary>
    public const string Startup = "startup";

    /// <summary>The tag of the checks whether the process can serve requests.</summary>
    public const string Ready = "ready";

    /// <summary>The tag of the check whether the sample catalogue is imported.</summary>
    public const string Catalogue = "catalogue";

    /// <summary>Adds the checks; the host decides where they answer.</summary>
    public static WebApplicationBuilder AddShopHealth(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddShopOptions();

        // A singleton, since the check remembers its result.
        builder.Services.AddSingleton<SampleCatalogueCheck>();
        builder.Services.AddHealthChecks()
            .AddCheck<HostCheck>("host", tags: [Startup, Ready])
            .AddCheck<SampleCatalogueCheck>("sample catalogue", tags: [Ready, Catalogue])
            .AddCheck<ShopCheck>("shop", tags: [Ready]);
        return builder;
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/startup</c> and <c>/health/ready</c> of a silo, which answer in plain text.</summary>
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // Checks this process only: a restart does not help a silo that waits for its database.
        Map("live", static _ => false);
        Map("startup", static check => check.Tags.Contains(Startup));
        Map("ready", static check => check.Tags.Contains(Ready));

        void Map(string name, Func<HealthCheckRegistration, bool> checks) => routes.MapHealthChecks($"/health/{name}", new HealthCheckOptions
        {
            Predicate = checks,
            ResponseWriter = (http, report) => http.Response.WriteAsync(
                Reason(report) is { } reason ? $"not {name}: {reason}\n" : $"{name}\n", http.RequestAborted),
        });
    }

    private static string? Reason(HealthReport report) => report.Status is HealthStatus.Healthy
        ? null
        : report.Entries.Values.First(static entry => entry.Status is not HealthStatus.Healthy).Description;
}
