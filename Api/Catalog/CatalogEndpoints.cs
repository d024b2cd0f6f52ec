using ActorShop.Api.Access;

namespace ActorShop.Api.Catalog;

/// <summary>HTTP routes of products and categories.</summary>
internal static class CatalogEndpoints
{
    // Short because prices change; long enough that caches absorb most reads of a busy page.
    public const string ShortCache = "public, max-age=5";

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
        CreateProduct.Map(products);
        ReplaceProduct.Map(products);
        ArchiveProduct.Map(products);

        var categories = routes.MapGroup("/categories").WithTags("Catalog (admin)").RequireScope(Scopes.Catalog);
        CreateCategory.Map(categories);
        GetCategory.Map(categories);
        PutCategory.Map(categories);
        ArchiveCategory.Map(categories);
    }
}
