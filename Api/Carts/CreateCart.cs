using ActorShop.Api.Access;
using ActorShop.Api.Limits;
using ActorShop.Carts;

namespace ActorShop.Api.Carts;

/// <summary>A cart to create.</summary>
/// <param name="Currency">The currency of all prices.</param>
/// <param name="ExternalId">The client's id, unique among carts. Only for callers with an API key, since all callers share the ids.</param>
public sealed record CreateCartRequest([Currency] string Currency, [ExternalId] string? ExternalId = null)
{
    internal static CreateCartRequest Example { get; } = new("GBP");
}

internal static class CreateCart
{
    public static void Map(IEndpointRouteBuilder carts) => carts.MapPost("/", HandleAsync)
        .WithSummary("Create a cart")
        .Refuses(Problems.ExternalIdTaken, Problems.ApiKeyRequired);

    private static async Task<Results<Created<CartResponse>, Problem>> HandleAsync(
        CreateCartRequest request, HttpContext http, IGrainFactory grains, IdSource ids)
    {
        // Anonymous callers could take the ids that a merchant's systems are about to use.
        if (request.ExternalId is not null && Caller.IsAnonymous(http))
        {
            http.Response.Headers.WWWAuthenticate = ApiKeyHandler.Challenge;
            return new Problem(Problems.ApiKeyRequired) { Errors = [new("/externalId", "not_allowed", "Needs an API key.")] };
        }

        var id = new CartId(CartId.Prefix + ids.Next());
        var created = request.ExternalId is { } externalId
            ? grains.Cart(id).CreateAsync(request.Currency, externalId)
            : NewGrain.CallAsync(id.Value, () => grains.Cart(id).CreateAsync(request.Currency, externalId: null));
        return await created is { } cart
            ? TypedResults.Created($"/v1/carts/{cart.Id.Value}", CartResponse.Of(cart).WithETag(http))
            : new Problem(Problems.ExternalIdTaken);
    }
}
