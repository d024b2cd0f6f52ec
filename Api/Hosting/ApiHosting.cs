using ActorShop.Api.Access;
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
        services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Context.Options.PropertyNamingPolicy;
            json.SerializerOptions.DefaultIgnoreCondition = ApiJson.Context.Options.DefaultIgnoreCondition;
            json.SerializerOptions.NumberHandling = ApiJson.Context.Options.NumberHandling;
            foreach (var converter in ApiJson.Context.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }

            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Context);
        });

        // Bad requests answer 400 in Development too, instead of an exception and 500.
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = false);
        services.AddExceptionHandler<EngineFaults>();
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
        app.UseContentNegotiation();
        app.UseRouting();
        app.UseAuthentication();
        app.UseKnownCallers();
        app.UseAuthorization();

        var v1 = app.MapGroup("/v1").AddEndpointFilter<RouteGroupBuilder, RequestFilter>();
        v1.MapProducts();
        v1.MapCategories();
        v1.MapStock();
        v1.MapCarts();
        v1.MapOrders();

        var admin = v1.MapGroup("/admin");
        admin.MapAdminProducts();
        admin.MapAdminCategories();
        admin.MapAdminStock();
        admin.MapAdminOrders();
        admin.MapAdminPayments();
        admin.MapAccountBook();
        admin.MapMachinery();
        admin.MapReports();

        app.MapHealth();
        app.MapDocumentation();
        app.MapOperators();
        return app;
    }
}
