using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>A cart to create.</summary>
/// <param name="Currency">The currency of all prices.</param>
/// <param name="ExternalId">The client's id, unique among carts.</param>
public sealed record CreateCartRequest([Currency] string Currency, [ExternalId] string? ExternalId = null)
{
    internal static CreateCartRequest Example { get; } = new("GBP");
}

internal static class CreateCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapPost("/", HandleAsync)
        .WithSummary("Create a cart")
        .Refuses(Problems.ExternalIdTaken);

    private static async Task<Results<Created<CartResponse>, Problem>> HandleAsync(
        CreateCartRequest request, HttpContext http, IGrainFactory grains, IdSource ids)
    {
        var id = new CartId(CartId.Prefix + ids.Next());
        return await grains.Cart(id).CreateAsync(request.Currency, request.ExternalId) is { } cart
            ? TypedResults.Created($"/v1/carts/{cart.Id.Value}", CartResponse.Of(cart).WithETag(http))
            : new Problem(Problems.ExternalIdTaken);
    }
}
