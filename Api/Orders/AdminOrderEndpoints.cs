using System.Collections.Immutable;
using ActorShop.Api.Access;
using ActorShop.Api.Hosting;
using ActorShop.Api.Idempotency;
using ActorShop.Api.Reporting;
using ActorShop.Orders;
using ActorShop.Reporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Orders;

/// <summary>HTTP routes under <c>/v1/admin/orders</c>.</summary>
internal static class AdminOrderEndpoints
{
    public static void MapAdminOrders(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/orders")
            .WithTags("Orders (admin)")
            .RequireScope(Scopes.Orders)
            .WithIds(OrderId.Prefix, Problems.OrderNotFound);

        orders.MapGet("/", ListOrders)
            .WithSummary("List orders")
            .WithDescription("By default all orders except failed ones, newest first. The list may lag by `lagSeconds`.");

        orders.MapPost("/", PostOrder)
            .WithSummary("Import an external order")
            .WithDescription(
                "Places an order from another system at the given prices. Tender `external` is already paid and calls no payment provider.")
            .AllowBodyOf(BodyLimits.Orders)
            .Idempotent()
            .Refuses(Problems.ExternalIdTaken, Problems.InsufficientStock, Problems.PaymentDeclined, Problems.CheckoutExpired);

        orders.MapGet("/{id}", GetOrder)
            .WithSummary("Read an order with its saga and payment")
            .Refuses(Problems.OrderNotFound);

        orders.MapGet("/{id}/history", GetHistory)
            .WithSummary("List the events of an order with their data")
            .Refuses(Problems.OrderNotFound);

        orders.MapPost("/{id}/capture", PostCapture)
            .WithSummary("Capture the authorised payment in full")
            .Idempotent()
            .Refuses(
                Problems.OrderNotFound, Problems.OrderNotConfirmed, Problems.AlreadyCaptured, Problems.NotAuthorised,
                Problems.PaymentDeclined, Problems.OperationInProgress);

        orders.MapPost("/{id}/refunds", PostRefund)
            .WithSummary("Refund units of an order and optionally restock them")
            .WithDescription("An amount beyond the captured amount of a line or of the order becomes a credit note.")
            .Idempotent()
            .Refuses(
                Problems.OrderNotFound, Problems.OrderNotConfirmed, Problems.NotCaptured, Problems.NoSuchLine, Problems.AmountTooLarge,
                Problems.TooManyOperations, Problems.PaymentDeclined, Problems.OperationInProgress);
    }

    private static async Task<Ok<ListResponse<OrderSummaryResponse>>> ListOrders(
        Query<OrderParameters> query, HttpContext http, IGrainFactory grains)
    {
        var page = await grains.Queries().FindOrdersAsync(query.Value.ToQuery());
        return TypedResults.Ok(page.Render(query.Value.Paging, http, OrderSummaryResponse.Of));
    }

    private static async Task<Results<Created<OrderResponse>, Accepted<OrderResponse>, Problem>> PostOrder(
        Body<TakenOrderRequest> body, HttpContext http, IGrainFactory grains, IOptions<ApiOptions> options)
    {
        var request = body.Value;
        var id = new OrderId(OrderId.Prefix + http.OperationId());
        // The operation's own time, since a repetition has to say the same.
        var order = await grains.Order(id).PlaceAsync(
            Command(request, IdSource.TimeOf(http.OperationId())), options.Value.OrderBudget);
        var location = $"/v1/orders/{order.Id.Value}";
        return order.Status switch
        {
            OrderStatus.Failed when order.Failure?.Code is "external_id_taken" => await ExternalIdTakenAsync(request.ExternalId, grains),
            OrderStatus.Failed => OrderProblems.OfFailure(order),
            OrderStatus.Pending => TypedResults.Accepted(location, OrderResponse.Of(order)),
            _ => TypedResults.Created(location, OrderResponse.Of(order)),
        };
    }

    // An order that has not settled may fail yet, and its external id is free then.
    private static async Task<Problem> ExternalIdTakenAsync(string externalId, IGrainFactory grains)
    {
        var owner = await grains.ExternalId("order", externalId).GetOwnerAsync();
        var order = owner is null ? null : await grains.Order(new OrderId(owner)).GetAsync();
        return new Problem(Problems.ExternalIdTaken)
        {
            Facts = new ProblemFacts { OrderId = owner },
            IsPassing = order is null or { Status: OrderStatus.Pending or OrderStatus.Failed },
        };
    }

    private static async Task<Results<Ok<AdminOrderResponse>, Problem>> GetOrder(string id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Order(new OrderId(id)).GetAsync() is not { } order)
        {
            return new Problem(Problems.OrderNotFound);
        }

        http.SetEntityTag(order.Version);
        return TypedResults.Ok(AdminOrderResponse.Of(order));
    }

    private static async Task<Results<Ok<ListResponse<EventResponse>>, Problem>> GetHistory(
        string id, Query<HistoryParameters> query, HttpContext http, IGrainFactory grains)
    {
        var page = await grains.HistoryAsync(id, query.Value);
        return page.Items.IsEmpty && query.Value.Paging.After is null
            ? new Problem(Problems.OrderNotFound)
            : TypedResults.Ok(page.Render(query.Value.Paging, http, EventResponse.Of));
    }

    private static async Task<Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem>> PostCapture(
        string id, Body<CaptureRequest> _, HttpContext http, IGrainFactory grains) =>
        (await grains.Order(new OrderId(id)).CaptureAsync(http.OperationId())).Render(http);

    private static async Task<Results<Ok<OperationResponse>, Accepted<OperationResponse>, Problem>> PostRefund(
        string id, Body<RefundOrderRequest> body, HttpContext http, IGrainFactory grains)
    {
        var request = body.Value;
        var refund = new RefundRequest(
            [.. request.Items.Select(static item => item.ToItem())], request.Reason, request.At, request.ExternalId);
        return (await grains.Order(new OrderId(id)).RefundAsync(http.OperationId(), refund)).Render(http);
    }

    private static PlaceOrder Command(TakenOrderRequest request, DateTimeOffset now)
    {
        ImmutableArray<Line> lines =
        [
            .. request.Items.Select(static line =>
                Line.Of(Sku.From(line.Sku), line.Name ?? line.Sku, line.Quantity, line.UnitPrice.ToMoney())),
        ];
        return new PlaceOrder(
            lines, Totals.Of(lines, request.Currency, taxInclusive: true), request.Tender, request.Payment?.Token, Cart: null,
            request.ExternalId, request.CustomerId, request.Email, ShippingAddress: null, request.PlacedAt ?? now);
    }
}
