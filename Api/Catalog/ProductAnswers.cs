using ActorShop.Catalog;

namespace ActorShop.Api.Catalog;

/// <summary>The answers to changes of a product.</summary>
internal static class ProductAnswers
{
    public static Results<Created<ProductResponse>, Ok<ProductResponse>, Problem> Render(this PutProductResult result, HttpContext http) => result switch
    {
        PutProductResult.Stored { Created: true, Product: var product } =>
            http.Created($"/v1/products/{product.Id.Value}", ProductResponse.Of(product)),
        PutProductResult.Stored stored => http.Ok(ProductResponse.Of(stored.Product)),
        PutProductResult.VersionMismatch mismatch => IfMatch.Mismatch(mismatch.Current),
        PutProductResult.SkuTaken taken => new Problem(Problems.SkuTaken)
        {
            Facts = new(Sku: taken.Sku.Value, ProductId: taken.Product.Value),
        },
        PutProductResult.ExternalIdTaken taken => new Problem(Problems.ExternalIdTaken) { Facts = new(ProductId: taken.Product.Value) },
        PutProductResult.UnknownCategory => new Problem(Problems.UnknownCategory),
        PutProductResult.Unknown => new Problem(Problems.ProductNotFound),
        _ => throw Problems.Unmapped(result),
    };
}
