using ActorShop.Inventory;

namespace ActorShop.Api.Inventory;

/// <summary>The stock of a SKU at the beginning.</summary>
/// <param name="OnHand">The units on hand. Below zero only as far as the policy allows.</param>
/// <param name="Reason">The reason, recorded in the ledger.</param>
/// <param name="Policy">The stock policy.</param>
/// <param name="BackorderLimit">With <c>backorder</c>, the units that may be sold beyond those on hand.</param>
public sealed record StockOpeningRequest(
    [Range(-10_000_000, 10_000_000)] int OnHand, [Text(1, 200)] string Reason, StockPolicy Policy = StockPolicy.Tracked,
    [Range(0, 10_000_000)] int BackorderLimit = 0) : IValidatableObject
{
    internal static StockOpeningRequest Example { get; } = new(10, "Opening stock");

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        new PolicyRequest(Policy, BackorderLimit).Validate(validationContext);
}

internal static class OpenStock
{
    public static void Map(IEndpointRouteBuilder stock) => stock.MapPut("/", HandleAsync)
        .WithSummary("Open the stock of a SKU")
        .WithDescription(
            "Sets the policy and the units of a SKU without a stock record, in one change. A SKU with a stock record keeps it and answers "
            + "409, so the request can be repeated.")
        .AllowsDryRun()
        .Refuses(Problems.StockExists, Problems.InsufficientStock, Problems.StockLimitExceeded);

    private static async Task<Results<Created<StockResponse>, Problem>> HandleAsync(
        string sku, StockOpeningRequest request, Query<DryRun> query, HttpContext http, IGrainFactory grains)
    {
        var opening = new StockOpening(request.OnHand, request.Policy, request.BackorderLimit, request.Reason);
        return await grains.Stock(Sku.From(sku)).OpenAsync(opening, query.Value.IsDry) switch
        {
            OpenStockResult.Opened opened =>
                TypedResults.Created($"/v1/stock/{Uri.EscapeDataString(sku)}", StockResponse.Of(opened.Level).WithETag(http)),
            OpenStockResult.Exists => new Problem(Problems.StockExists) { Facts = new(Sku: sku) },
            OpenStockResult.Insufficient refused => new Problem(Problems.InsufficientStock) { Facts = new(Sku: sku, Available: refused.Available) },
            OpenStockResult.LimitExceeded exceeded => new Problem(
                Problems.StockLimitExceeded, string.Create(CultureInfo.InvariantCulture, $"A SKU can have at most {exceeded.Limit} units."))
            {
                Facts = new(Sku: sku),
            },
            var other => throw Problems.Unmapped(other),
        };
    }
}
