using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

/// <summary>A stock policy.</summary>
/// <param name="Policy"><c>tracked</c> limits sales to units on hand, <c>backorder</c> allows <c>backorderLimit</c> more, <c>untracked</c> sets no limit.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, the units that may be sold beyond those on hand.</param>
public sealed record PolicyRequest(StockPolicy Policy, [Range(0, 10_000_000)] int BackorderLimit = 0) : IValidatableObject
{
    internal static PolicyRequest Example { get; } = new(StockPolicy.Backorder, 5);

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
        .AllowsDryRun()
        .Refuses(Problems.VersionMismatch, Problems.OverPromised);

    private static async Task<Results<Ok<StockResponse>, Problem>> HandleAsync(
        string sku, PolicyRequest request, IfMatch ifMatch, Query<DryRun> query, HttpContext http, IGrainFactory grains) =>
        await grains.Stock(Sku.From(sku)).SetPolicyAsync(request.Policy, request.BackorderLimit, ifMatch.Version, query.Value.IsDry) switch
        {
            SetPolicyResult.Changed changed => TypedResults.Ok(StockResponse.Of(changed.Level).WithETag(http)),
            SetPolicyResult.VersionMismatch mismatch => IfMatch.Mismatch(mismatch.Current),
            SetPolicyResult.OverPromised refused => new Problem(Problems.OverPromised) { Facts = new(Sku: sku, Available: refused.Available) },
            var other => throw Problems.Unmapped(other),
        };
}
