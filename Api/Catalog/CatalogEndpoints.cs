using ActorShop.Api.Access;

namespace ActorShop.Api.Catalog;

internal static class CatalogEndpoints
{
    /// <summary>The seconds for which any cache may keep a product or a list.</summary>
    public const int MaxAge = 5;

    public static readonly string ShortCacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={MaxAge}");

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products").WithTags("Catalog").WithIds(ProductId.Prefix, Problems.ProductNotFound);
        ListProducts.Map(products);
        GetProduct.Map(products);

        var categories = routes.MapGroup("/categories").WithTags("Catalog");
        ListCategories.Map(categories);
    }

    public static void MapAdminCatalog(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products")
            .WithTags("Catalog (admin)")
            .RequireScope(Scopes.Catalog)
            .WithIds(ProductId.Prefix, Problems.ProductNotFound);
        ListProducts.MapAdmin(products);
        CreateProduct.Map(products);
        ReplaceProduct.Map(products);
        ArchiveProduct.Map(products);

        var categories = routes.MapGroup("/categories").WithTags("Catalog (admin)").RequireScope(Scopes.Catalog);
        CreateCategory.Map(categories);
        GetCategory.Map(categories);
        PutCategory.Map(categories);
        ArchiveCategory.Map(categories);
    }

    /// <summary>Lets caches keep the answer: shortly because prices change, and long enough to absorb most reads of a busy page.</summary>
    public static RouteHandlerBuilder ShortlyCached(this RouteHandlerBuilder route) => route.AddEndpointFilter(static (context, next) =>
    {
        context.HttpContext.Response.Headers.CacheControl = ShortCacheControl;
        return next(context);
    });
}
