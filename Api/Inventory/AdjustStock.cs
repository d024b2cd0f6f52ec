using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

/// <summary>A change to the stock of a SKU.</summary>
/// <param name="Delta">The units to add (positive) or remove (negative).</param>
/// <param name="Reason">The reason, recorded in the ledger.</param>
public sealed record AdjustmentRequest(
    [Range(-10_000_000, 10_000_000), DeniedValues(0, ErrorMessage = "Must not be zero.")] int Delta, [Text(1, 200)] string Reason)
{
    internal static AdjustmentRequest Example { get; } = new(5, "Receipt");
}

internal static class AdjustStock
{
    public static void Map(IEndpointRouteBuilder stock) => stock.MapPost("/adjustments", HandleAsync)
        .WithSummary("Adjust the stock of a SKU")
        .WithDescription("For receipts, counts, returns and damages. Reserved units cannot be removed. No product needs to have the SKU yet.")
        .Idempotent()
        .Refuses(Problems.InsufficientStock, Problems.StockLimitExceeded);

    private static async Task<Results<Created<StockResponse>, Problem>> HandleAsync(
        string sku, AdjustmentRequest request, HttpContext http, IGrainFactory grains) =>
        await grains.Stock(Sku.From(sku)).AdjustAsync(http.OperationId(), request.Delta, request.Reason) switch
        {
            AdjustResult.Adjusted adjusted =>
                TypedResults.Created($"/v1/admin/stock/{Uri.EscapeDataString(sku)}/ledger", StockResponse.Of(adjusted.Level).WithETag(http)),
            AdjustResult.Insufficient refused => new Problem(Problems.InsufficientStock) { Facts = new(Sku: sku, Available: refused.Available) },
            AdjustResult.LimitExceeded exceeded => new Problem(
                Problems.StockLimitExceeded, string.Create(CultureInfo.InvariantCulture, $"A SKU can have at most {exceeded.Limit} units."))
            {
                Facts = new(Sku: sku),
            },
            var other => throw Problems.Unmapped(other),
        };
}
