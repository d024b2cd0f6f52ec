using System.Net;

namespace ActorShop.Silo.Operators;

/// <summary>Who reaches the operators' port, and by which names.</summary>
public static class OperatorsHosting
{
    /// <summary>The setting with further host names, separated by semicolons.</summary>
    public const string AllowedHosts = "Operators:AllowedHosts";

    /// <summary>Answers 400 to a request for a host name that is not allowed.</summary>
    /// <remarks>
    /// Health has no key, so a web page could read it through a name of its own that leads to this address. Browsers send that name.
    /// Allowed are <c>localhost</c>, every IP address, no name at all (probes), and what <see cref="AllowedHosts"/> lists; <c>*</c> allows all.
    /// </remarks>
    public static void UseOperatorsHosts(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var listed = app.ApplicationServices.GetRequiredService<IConfiguration>()[AllowedHosts]?
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        string[] names = ["localhost", .. listed];
        app.Use((http, next) =>
        {
            var host = http.Request.Host.Host;
            if (host.Length == 0 || IPAddress.TryParse(host, out _) || names.Contains("*", StringComparer.Ordinal)
                || names.Contains(host, StringComparer.OrdinalIgnoreCase))
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return http.Response.WriteAsync($"Host not allowed. Add its name to {AllowedHosts}.\n", http.RequestAborted);
        });
    }

    /// <summary>Refuses requests without an operators' key on all routes of a group, those that it adds later included.</summary>
    public static TBuilder RequireOperatorsKey<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Finally(static endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            var keys = new OperatorsKeys(endpoint.ApplicationServices.GetRequiredService<IConfiguration>());
            endpoint.RequestDelegate = http => keys.Allow(http.Request) ? answer(http) : OperatorsKeys.ChallengeAsync(http.Response);
        });
        return routes;
    }
}
