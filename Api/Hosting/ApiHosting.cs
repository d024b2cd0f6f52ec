using System.Net;
using ActorShop.Api.Access;
using ActorShop.Api.Catalog;
using ActorShop.Api.Documentation;
using ActorShop.Api.Idempotency;
using ActorShop.Api.Limits;
using ActorShop.Api.Operators;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActorShop.Api.Hosting;

/// <summary>HTTP in front of the shop's grains. Needs an <see cref="IGrainFactory"/>, and nothing else of the shop.</summary>
public static class ApiHosting
{
    private const long CacheBytes = 32 * 1024 * 1024;

    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ApiOptions>()
            .BindConfiguration(ApiOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<LimitOptions>().BindConfiguration(LimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<UnpaidOrders>();
        builder.WebHost.ConfigureKestrel(Listen);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdSource>();
        services.ConfigureHttpJsonOptions(static json => ApiJson.Configure(json.SerializerOptions));

        // Bad requests answer 400 in Development too, instead of an exception and 500.
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false);
        services.AddExceptionHandler<GrainFaults>();
        services.AddRateLimiter();
        services.ConfigureOptions<LoadShedding>();
        services.AddSingleton<Silos>();
        services.AddSingleton<CursorKey>();
        services.AddProblemDetails();
        services.AddSingleton<IdempotencyFilter>();

        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ApiKeyRing>();
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        services.AddAuthorization(Scopes.AddPolicies);

        services.AddOutputCache(static cache =>
        {
            cache.SizeLimit = CacheBytes;
            cache.AddPolicy(ProductCachePolicy.Name, new ProductCachePolicy());
        });
        services.AddDocumentation();
        services.AddSingleton<HealthDetails>();
        return builder;
    }

    /// <summary>Adds what is true of all requests. The program maps the routes of the public port, and <paramref name="operators"/> more of the operators' port.</summary>
    public static WebApplication UseApi(this WebApplication app, Action<IEndpointRouteBuilder>? operators = null)
    {
        Proxies.Use(app);
        app.UseEdgeHeaders();
        app.UseHeadRequests();
        app.UseExceptionHandler();
        app.UseStatusCodePages(static context =>
            new Problem(Problems.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseRateLimiter();
        app.UseOperatorsPort(operators);
        app.UseContentNegotiation();
        app.UseRouting();
        app.UseAuthentication();
        RateLimits.Use(app);
        ApiKeyHandler.RefuseUnknownKeys(app);
        app.UseAuthorization();
        PathId.Use(app);
        RequestBody.Use(app);
        app.UseOutputCache();
        return app;
    }

    /// <summary>The addresses at which the API listens, with the settings that name them.</summary>
    public static IEnumerable<(string Setting, IPEndPoint Endpoint)> HttpEndpoints(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value;
        yield return ($"{ApiOptions.Section}:{nameof(ApiOptions.Public)}", IPEndPoint.Parse(options.Public));
        yield return ($"{ApiOptions.Section}:{nameof(ApiOptions.Operators)}", IPEndPoint.Parse(options.Operators));
    }

    private static void Listen(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.OrderLimit;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Listen(IPEndPoint.Parse(options.Public));
        kestrel.Listen(IPEndPoint.Parse(options.Operators));
    }
}
