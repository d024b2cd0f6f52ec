using ActorShop.Api.Access;
using ActorShop.Api.Catalog;
using ActorShop.Api.Documentation;
using ActorShop.Api.Idempotency;
using ActorShop.Api.Limits;
using ActorShop.Api.Operators;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ActorShop.Api.Hosting;

/// <summary>HTTP in front of the shop's grains. Needs an <see cref="IGrainFactory"/>, and nothing else of the shop.</summary>
public static class ApiHosting
{
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
        services.AddSingleton<HttpAddresses>();
        builder.Listen();

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

        services.AddSingleton<ProductCache>();
        services.AddSingleton<ProductListCache>();
        services.AddSingleton<ProductListReader>();
        services.AddDocumentation();
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthDetails>();
        services.AddSingleton<RequestFigures>();
        services.AddHostedService(static provider => provider.GetRequiredService<RequestFigures>());
        services.AddSingleton<Figures>();
        return builder;
    }

    /// <summary>Adds what is true of all requests. The program maps the routes of the public port.</summary>
    /// <param name="operators">What is true of all requests of the operators' port.</param>
    /// <param name="operatorsRoutes">Further routes of the operators' port.</param>
    public static WebApplication UseApi(
        this WebApplication app, Action<IApplicationBuilder>? operators = null, Action<IEndpointRouteBuilder>? operatorsRoutes = null)
    {
        Proxies.Use(app);
        CachedReads.Use(app);
        app.UseRequestMethods();
        app.UseFinalNewline();
        app.UseEdgeHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages(static context =>
            new Problem(Problems.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseRateLimiter();
        app.UseOperatorsPort(operators, operatorsRoutes);
        app.UseRouting();
        app.UseAuthentication();
        RateLimits.Use(app);
        app.UseContentNegotiation();
        ApiKeyHandler.RefuseUnknownKeys(app);
        app.UseAuthorization();
        PathId.Use(app);
        RequestBody.Use(app);
        RateLimits.UseCheckoutSlots(app);
        return app;
    }

    private static void Listen(this WebApplicationBuilder builder)
    {
        // --urls and ASPNETCORE_URLS name the public address.
        const string Public = $"{ApiOptions.Section}:{nameof(ApiOptions.Public)}";
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls)
        {
            builder.Configuration[Public] ??= HttpAddresses.EndpointOf(urls);
        }

        var options = builder.Configuration.GetSection(ApiOptions.Section).Get<ApiOptions>() ?? new ApiOptions();
        builder.WebHost.UseUrls($"http://{options.Public}", $"http://{options.Operators}");
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.OrderLimit;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }
}
