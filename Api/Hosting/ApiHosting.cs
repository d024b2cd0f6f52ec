using ActorShop.Api.Access;
using ActorShop.Api.Accounting;
using ActorShop.Api.Carts;
using ActorShop.Api.Catalog;
using ActorShop.Api.Documentation;
using ActorShop.Api.Idempotency;
using ActorShop.Api.Inventory;
using ActorShop.Api.Operators;
using ActorShop.Api.Orders;
using ActorShop.Api.Payments;
using ActorShop.Api.Reporting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Hosting;

/// <summary>HTTP in front of the shop's grains. Needs an <see cref="IGrainFactory"/>, and nothing else of the shop.</summary>
public static class ApiHosting
{
    /// <summary>Adds what the API is made of.</summary>
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ApiOptions>()
            .BindConfiguration(ApiOptions.Section)
            .ValidateDataAnnotations()
            .Validate(static options => options.Check() is null, "Api: an address or the currency cannot be used; see ApiOptions.")
            .ValidateOnStart();
        builder.WebHost.ConfigureKestrel(Surfaces.Listen);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdSource>();
        services.ConfigureHttpJsonOptions(static json => ApiJson.Configure(json.SerializerOptions));

        // Bad requests answer 400 in Development too, instead of an exception and 500.
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false);
        services.AddExceptionHandler<GrainFaults>();
        services.AddLoadShedding();
        services.AddSingleton<Silos>();
        services.AddProblemDetails();
        services.AddSingleton<IdempotencyFilter>();

        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddSingleton<ApiKeyRing>();
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        services.AddAuthorization(Scopes.AddPolicies);

        services.AddDocumentation();
        services.AddSingleton<ShopHealth>();
        return builder;
    }

    /// <summary>Answers requests: first what is true of all of them, then the routes by feature.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseEdgeHeaders();
        app.UseSurfaces();
        app.UseExceptionHandler();
        app.UseStatusCodePages(static context =>
            new Problem(Problems.OfStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseLoadShedding();
        app.UseContentNegotiation();
        app.UseRouting();
        app.UseAuthentication();
        app.UseKnownCallers();
        app.UseAuthorization();
        PathId.Use(app);
        RequestBody.Use(app);

        var v1 = app.MapGroup("/v1").AddEndpointFilter<RouteGroupBuilder, RequestFilter>().AddEndpointFilter<RouteGroupBuilder, RepeatFilter>();
        ((IEndpointConventionBuilder)v1).Finally(RequestBodyType.Declare);
        v1.MapCatalog();
        v1.MapStock();
        v1.MapCarts();
        v1.MapOrders();

        var admin = v1.MapGroup("/admin");
        admin.MapAdminCatalog();
        admin.MapAdminStock();
        admin.MapAdminOrders();
        admin.MapAdminPayments();
        admin.MapLedger();
        admin.MapReports();

        app.MapHealth();
        app.MapDocumentation();
        app.MapOperators();
        return app;
    }
}
