using System.Text.Json.Serialization;
using ActorShop.Api.Carts;
using ActorShop.Api.Catalog;
using ActorShop.Api.Inventory;
using ActorShop.Api.Operators;
using ActorShop.Api.Orders;
using ActorShop.Api.Payments;
using ActorShop.Api.Reporting;

namespace ActorShop.Api;

/// <summary>Everything that crosses the wire.</summary>
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(CreateCartRequest))]
[JsonSerializable(typeof(PutItemRequest))]
[JsonSerializable(typeof(CheckoutRequest))]
[JsonSerializable(typeof(CartResponse))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(CaptureRequest))]
[JsonSerializable(typeof(RefundOrderRequest))]
[JsonSerializable(typeof(TakenOrderRequest))]
[JsonSerializable(typeof(OrderResponse))]
[JsonSerializable(typeof(AdminOrderResponse))]
[JsonSerializable(typeof(OperationResponse))]
[JsonSerializable(typeof(ListResponse<OrderSummaryResponse>))]
[JsonSerializable(typeof(ListResponse<StepResponse>))]
[JsonSerializable(typeof(ListResponse<EventResponse>))]
[JsonSerializable(typeof(CreditNoteRequest))]
[JsonSerializable(typeof(LedgerEntryRequest))]
[JsonSerializable(typeof(LedgerEntryResponse))]
[JsonSerializable(typeof(ListResponse<PostingResponse>))]
[JsonSerializable(typeof(ListResponse<BalanceResponse>))]
[JsonSerializable(typeof(ProductRequest))]
[JsonSerializable(typeof(ProductResponse))]
[JsonSerializable(typeof(ProductListResponse))]
[JsonSerializable(typeof(CategoryRequest))]
[JsonSerializable(typeof(PutCategoryRequest))]
[JsonSerializable(typeof(CategoryResponse))]
[JsonSerializable(typeof(ListResponse<CategoryResponse>))]
[JsonSerializable(typeof(AdjustmentRequest))]
[JsonSerializable(typeof(PolicyRequest))]
[JsonSerializable(typeof(StockResponse))]
[JsonSerializable(typeof(ListResponse<ReservationResponse>))]
[JsonSerializable(typeof(PaymentResponse))]
[JsonSerializable(typeof(ListResponse<SagaResponse>))]
[JsonSerializable(typeof(ListResponse<OutboxResponse>))]
[JsonSerializable(typeof(SalesResponse))]
[JsonSerializable(typeof(ListResponse<BestSellerResponse>))]
[JsonSerializable(typeof(StockValueResponse))]
[JsonSerializable(typeof(RebuildResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(HealthDetailsResponse))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
