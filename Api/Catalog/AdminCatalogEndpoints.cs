using ActorShop.Api.Access;
using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

/// <summary>HTTP routes under <c>/v1/admin/products</c> and <c>/v1/admin/categories</c>.</summary>
internal static class AdminCatalogEndpoints
{
    public static void MapAdminProducts(this IEndpointRouteBuilder routes)
    {
        var products = routes.MapGroup("/products")
            .WithTags("Catalog (admin)")
            .RequireScope(Scopes.Catalog)
            .WithIds(ProductId.Prefix, Problems.ProductNotFound);

        products.MapPost("/", PostProduct)
            .WithSummary("Create a product")
            .WithDescription("Send an `externalId` to make sure that a repeated request creates only one product.")
            .Refuses(Problems.SkuTaken, Problems.ExternalIdTaken, Problems.UnknownCategory);

        products.MapPut("/{id}", PutProduct)
            .WithSummary("Replace a product")
            .WithDescription(
                "Replaces every member. Variants that are left out are no longer for sale. `If-Match` is required. With `If-None-Match: *` "
                + "instead, the product is created under the id in the path.")
            .RequiresCondition()
            .Refuses(
                Problems.ProductNotFound, Problems.VersionMismatch, Problems.SkuTaken, Problems.ExternalIdTaken, Problems.UnknownCategory);

        products.MapDelete("/{id}", DeleteProduct)
            .WithSummary("Archive a product")
            .WithDescription("An archived product is no longer for sale. It stays readable and keeps its SKUs. PUT restores it.")
            .RequiresCondition()
            .Refuses(Problems.ProductNotFound, Problems.VersionMismatch);
    }

    public static void MapAdminCategories(this IEndpointRouteBuilder routes)
    {
        var categories = routes.MapGroup("/categories").WithTags("Catalog (admin)").RequireScope(Scopes.Catalog);

        categories.MapPost("/", PostCategory)
            .WithSummary("Create a category")
            .Refuses(Problems.VersionMismatch);

        categories.MapGet("/{code}", GetCategory)
            .WithSummary("Read a category")
            .Refuses(Problems.CategoryNotFound);

        categories.MapPut("/{code}", PutCategory)
            .WithSummary("Create or rename a category")
            .RequiresCondition()
            .Refuses(Problems.CategoryNotFound, Problems.VersionMismatch);

        categories.MapDelete("/{code}", DeleteCategory)
            .WithSummary("Archive a category")
            .RequiresCondition()
            .Refuses(Problems.CategoryNotFound, Problems.VersionMismatch);
    }

    private static async Task<Results<Created<ProductResponse>, Ok<ProductResponse>, Problem>> PostProduct(
        Body<ProductRequest> body, HttpContext http, IGrainFactory grains, IdSource ids) =>
        Render(await grains.Product(new ProductId(ProductId.Prefix + ids.Next())).PutAsync(body.Value.ToDraft(), expectedVersion: 0), http);

    private static async Task<Results<Created<ProductResponse>, Ok<ProductResponse>, Problem>> PutProduct(
        string id, Body<ProductRequest> body, Condition condition, HttpContext http, IGrainFactory grains)
    {
        var product = grains.Product(new ProductId(id));
        if (condition is { MustExist: true, Version: null } && await product.GetAsync() is null)
        {
            return new Problem(Problems.ProductNotFound);
        }

        return Render(await product.PutAsync(body.Value.ToDraft(), condition.Version), http);
    }

    private static async Task<Results<Created<ProductResponse>, Ok<ProductResponse>, Problem>> DeleteProduct(
        string id, Condition condition, HttpContext http, IGrainFactory grains) =>
        Render(await grains.Product(new ProductId(id)).ArchiveAsync(condition.Version), http);

    private static async Task<Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem>> PostCategory(
        Body<CategoryRequest> body, HttpContext http, IGrainFactory grains) =>
        Render(await grains.Category(body.Value.Code).PutAsync(body.Value.Name, expectedVersion: 0), http);

    private static async Task<Results<Ok<CategoryResponse>, Problem>> GetCategory(string code, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Category(code).GetAsync() is not { } category)
        {
            return new Problem(Problems.CategoryNotFound);
        }

        http.SetEntityTag(category.Version);
        return TypedResults.Ok(CategoryResponse.Of(category));
    }

    private static async Task<Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem>> PutCategory(
        string code, Body<PutCategoryRequest> body, Condition condition, HttpContext http, IGrainFactory grains)
    {
        var category = grains.Category(code);
        if (condition is { MustExist: true, Version: null } && await category.GetAsync() is null)
        {
            return new Problem(Problems.CategoryNotFound);
        }

        return Render(await category.PutAsync(body.Value.Name, condition.Version), http);
    }

    private static async Task<Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem>> DeleteCategory(
        string code, Condition condition, HttpContext http, IGrainFactory grains) =>
        Render(await grains.Category(code).ArchiveAsync(condition.Version), http);

    private static Results<Created<ProductResponse>, Ok<ProductResponse>, Problem> Render(PutProductResult result, HttpContext http)
    {
        switch (result)
        {
            case PutProductResult.Stored stored:
                http.SetEntityTag(stored.Product.Version);
                var product = ProductResponse.Of(stored.Product);
                return stored.Created ? TypedResults.Created($"/v1/products/{product.Id}", product) : TypedResults.Ok(product);

            case PutProductResult.VersionMismatch mismatch:
                return Conditions.Mismatch(mismatch.Current);

            case PutProductResult.SkuTaken taken:
                return new Problem(Problems.SkuTaken)
                {
                    Facts = new ProblemFacts { Sku = taken.Sku.Value, ProductId = taken.Product.Value },
                };

            case PutProductResult.ExternalIdTaken taken:
                return new Problem(Problems.ExternalIdTaken) { Facts = new ProblemFacts { ProductId = taken.Product.Value } };

            case PutProductResult.UnknownCategory:
                return new Problem(Problems.UnknownCategory);

            case PutProductResult.Unknown:
                return new Problem(Problems.ProductNotFound);

            default:
                throw Problems.Unmapped(result);
        }
    }

    private static Results<Created<CategoryResponse>, Ok<CategoryResponse>, Problem> Render(PutCategoryResult result, HttpContext http)
    {
        switch (result)
        {
            case PutCategoryResult.Stored stored:
                http.SetEntityTag(stored.Category.Version);
                var category = CategoryResponse.Of(stored.Category);
                return stored.Created ? TypedResults.Created($"/v1/admin/categories/{category.Code}", category) : TypedResults.Ok(category);

            case PutCategoryResult.VersionMismatch mismatch:
                return Conditions.Mismatch(mismatch.Current);

            case PutCategoryResult.Unknown:
                return new Problem(Problems.CategoryNotFound);

            default:
                throw Problems.Unmapped(result);
        }
    }
}
