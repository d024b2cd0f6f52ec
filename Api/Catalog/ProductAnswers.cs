using ActorShop.Catalog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Catalog;

/// <summary>The answers to changes of a product.</summary>
internal static class ProductAnswers
{
    public static Results<Created<ProductResponse>, Ok<ProductResponse>, Problem> Render(this PutProductResult result, HttpContext http)
    {
        switch (result)
        {
            case PutProductResult.Stored stored:
                http.SetETag(stored.Product.Version);
                var product = ProductResponse.Of(stored.Product);
                return stored.Created ? TypedResults.Created($"/v1/products/{product.Id}", product) : TypedResults.Ok(product);

            case PutProductResult.VersionMismatch mismatch:
                return IfMatch.Mismatch(mismatch.Current);

            case PutProductResult.SkuTaken taken:
                return new Problem(Problems.SkuTaken) { Facts = new() { Sku = taken.Sku.Value, ProductId = taken.Product.Value } };

            case PutProductResult.ExternalIdTaken taken:
                return new Problem(Problems.ExternalIdTaken) { Facts = new() { ProductId = taken.Product.Value } };

            case PutProductResult.UnknownCategory:
                return new Problem(Problems.UnknownCategory);

            case PutProductResult.Unknown:
                return new Problem(Problems.ProductNotFound);

            default:
                throw Problems.Unmapped(result);
        }
    }
}
