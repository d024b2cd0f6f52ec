using System.ComponentModel.DataAnnotations;
using ActorShop.Inventory;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Inventory;

/// <summary>A stock policy.</summary>
/// <param name="Policy"><c>tracked</c> limits sales to units on hand, <c>backorder</c> allows <c>backorderLimit</c> more, <c>untracked</c> sets no limit.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, the units that may be sold beyond those on hand.</param>
public sealed record PolicyRequest(StockPolicy Policy, [Range(0, 10_000_000)] int BackorderLimit = 0) : IValidatableObject
{
    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Policy is not StockPolicy.Backorder && BackorderLimit > 0)
        {
            yield return new Violation("out_of_range", "Must be 0 unless policy is backorder.", "/backorderLimit");
        }
    }
}

internal static class SetStockPolicy
{
    public static void Map(IEndpointRouteBuilder stock) => stock.MapPut("/policy", HandleAsync)
        .WithSummary("Set the stock policy")
        .RequiresIfMatch()
        .Refuses(Problems.VersionMismatch, Problems.OverPromised);

    private static async Task<Results<Ok<StockResponse>, Problem>> HandleAsync(
        string sku, PolicyRequest request, IfMatch ifMatch, HttpContext http, IGrainFactory grains)
    {
        switch (await grains.Stock(Sku.From(sku)).SetPolicyAsync(request.Policy, request.BackorderLimit, ifMatch.Version))
        {
            case SetPolicyResult.Changed changed:
                http.SetETag(changed.Level.Version);
                return TypedResults.Ok(StockResponse.Of(changed.Level));

            case SetPolicyResult.VersionMismatch mismatch:
                return IfMatch.Mismatch(mismatch.Current);

            case SetPolicyResult.OverPromised refused:
                return new Problem(Problems.OverPromised) { Facts = new() { Sku = sku, Available = refused.Available } };

            case var other:
                throw Problems.Unmapped(other);
        }
    }
}
