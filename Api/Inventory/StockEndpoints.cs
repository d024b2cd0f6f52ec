using System.Globalization;
using ActorShop.Api.Access;
using ActorShop.Api.Idempotency;
using ActorShop.Api.Reporting;
using ActorShop.Inventory;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ActorShop.Api.Inventory;

/// <summary>HTTP routes under <c>/v1/stock</c>, <c>/v1/admin/stock</c> and <c>/v1/admin/reservations</c>.</summary>
internal static class StockEndpoints
{
    public static void MapStock(this IEndpointRouteBuilder routes)
    {
        var stock = routes.MapGroup("/stock/{sku}").WithTags("Inventory");

        stock.MapGet("/", GetStock)
            .WithSummary("Read the stock of a SKU")
            .Refuses(Problems.SkuNotFound);
    }

    public static void MapAdminStock(this IEndpointRouteBuilder routes)
    {
        var stock = routes.MapGroup("/stock/{sku}").WithTags("Inventory (admin)").RequireScope(Scopes.Inventory);

        stock.MapPost("/adjustments", PostAdjustment)
            .WithSummary("Adjust the stock of a SKU")
            .WithDescription("For receipts, counts, returns and damages. Reserved units cannot be removed.")
            .Idempotent()
            .Refuses(Problems.InsufficientStock, Problems.StockLimitExceeded);

        stock.MapPut("/policy", PutPolicy)
            .WithSummary("Set the stock policy")
            .RequiresCondition()
            .Refuses(Problems.VersionMismatch, Problems.OverPromised);

        stock.MapGet("/ledger", GetLedger)
            .WithSummary("List the changes to the stock of a SKU")
            .Refuses(Problems.SkuNotFound);

        var reservations = routes.MapGroup("/reservations").WithTags("Inventory (admin)").RequireScope(Scopes.Inventory);

        reservations.MapGet("/", ListReservations)
            .WithSummary("List the reservations of a SKU");
    }

    private static async Task<Results<Ok<StockResponse>, StatusCodeHttpResult, Problem>> GetStock(
        string sku, HttpContext http, IGrainFactory grains)
    {
        var level = await grains.Stock(Sku.From(sku)).GetAsync();
        if (level.Version == 0)
        {
            return new Problem(Problems.SkuNotFound);
        }

        http.SetEntityTag(level.Version);
        return http.Request.Matches(level.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(StockResponse.Of(level));
    }

    private static async Task<Results<Created<StockResponse>, Problem>> PostAdjustment(
        string sku, Body<AdjustmentRequest> body, HttpContext http, IGrainFactory grains)
    {
        var request = body.Value;
        switch (await grains.Stock(Sku.From(sku)).AdjustAsync(http.OperationId(), request.Delta, request.Reason))
        {
            case AdjustResult.Adjusted adjusted:
                http.SetEntityTag(adjusted.Level.Version);
                return TypedResults.Created($"/v1/admin/stock/{Uri.EscapeDataString(sku)}/ledger", StockResponse.Of(adjusted.Level));

            case AdjustResult.Insufficient refused:
                return new Problem(Problems.InsufficientStock)
                {
                    Facts = new ProblemFacts { Sku = sku, Available = refused.Available },
                };

            case AdjustResult.LimitExceeded exceeded:
                return new Problem(Problems.StockLimitExceeded, string.Create(CultureInfo.InvariantCulture, $"A SKU can have at most {exceeded.Limit} units."))
                {
                    Facts = new ProblemFacts { Sku = sku },
                };

            case var other:
                throw Problems.Unmapped(other);
        }
    }

    private static async Task<Results<Ok<StockResponse>, Problem>> PutPolicy(
        string sku, Body<PolicyRequest> body, Condition condition, HttpContext http, IGrainFactory grains)
    {
        var request = body.Value;
        switch (await grains.Stock(Sku.From(sku)).SetPolicyAsync(request.Policy, request.BackorderLimit, condition.Version))
        {
            case SetPolicyResult.Changed changed:
                http.SetEntityTag(changed.Level.Version);
                return TypedResults.Ok(StockResponse.Of(changed.Level));

            case SetPolicyResult.VersionMismatch mismatch:
                return Conditions.Mismatch(mismatch.Current);

            case SetPolicyResult.OverPromised refused:
                return new Problem(Problems.OverPromised)
                {
                    Facts = new ProblemFacts { Sku = sku, Available = refused.Available },
                };

            case var other:
                throw Problems.Unmapped(other);
        }
    }

    private static async Task<Results<Ok<ListResponse<EventResponse>>, Problem>> GetLedger(
        string sku, Query<HistoryParameters> query, HttpContext http, IGrainFactory grains)
    {
        var page = await grains.HistoryAsync($"sku/{sku}", query.Value);
        return page.Items.IsEmpty && query.Value.Paging.After is null
            ? new Problem(Problems.SkuNotFound)
            : TypedResults.Ok(page.Render(query.Value.Paging, http, EventResponse.Of));
    }

    private static async Task<Ok<ListResponse<ReservationResponse>>> ListReservations(
        Query<ReservationParameters> query, IGrainFactory grains)
    {
        var reservations = await grains.Stock(Sku.From(query.Value.Sku)).GetReservationsAsync();
        return TypedResults.Ok(new ListResponse<ReservationResponse>(
            [.. reservations.Select(ReservationResponse.Of)], HasMore: false, NextCursor: null));
    }
}

/// <summary>The query of a reservation list.</summary>
internal sealed record ReservationParameters(string Sku) : IQuery<ReservationParameters>
{
    public static ReservationParameters Read(QueryReader query) => new(query.RequiredSku("sku", "The SKU."));
}
