using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>The problems the API returns, by code.</summary>
internal static class Problems
{
    // 400: malformed or invalid requests.
    public static readonly ProblemKind MalformedRequest = new("malformed_request", 400, "The request is malformed");
    public static readonly ProblemKind ValidationFailed = new("validation_failed", 400, "The request is invalid");
    public static readonly ProblemKind InvalidCursor = new("invalid_cursor", 400, "The cursor is invalid");
    public static readonly ProblemKind InvalidPrecondition = new("invalid_precondition", 400, "The precondition is invalid");
    public static readonly ProblemKind IdempotencyKeyRequired = new("idempotency_key_required", 400, "Idempotency-Key is required");
    public static readonly ProblemKind IdempotencyKeyInvalid = new("idempotency_key_invalid", 400, "Idempotency-Key is invalid");

    // 401 to 403: authentication, payment and scopes.
    public static readonly ProblemKind Unauthenticated = new("unauthenticated", 401, "Authentication required");
    public static readonly ProblemKind PaymentDeclined = new("payment_declined", 402, "Payment declined");
    public static readonly ProblemKind ScopeRequired = new("scope_required", 403, "The API key lacks a scope");

    // 404: missing resources.
    public static readonly ProblemKind RouteNotFound = new("route_not_found", 404, "Not found");
    public static readonly ProblemKind CartNotFound = new("cart_not_found", 404, "Cart not found");
    public static readonly ProblemKind OrderNotFound = new("order_not_found", 404, "Order not found");
    public static readonly ProblemKind PaymentNotFound = new("payment_not_found", 404, "Payment not found");
    public static readonly ProblemKind ProductNotFound = new("product_not_found", 404, "Product not found");
    public static readonly ProblemKind CategoryNotFound = new("category_not_found", 404, "Category not found");
    public static readonly ProblemKind SkuNotFound = new("sku_not_found", 404, "SKU not found");

    // 405 to 415: the HTTP of the request.
    public static readonly ProblemKind MethodNotAllowed = new("method_not_allowed", 405, "Method not allowed");
    public static readonly ProblemKind NotAcceptable = new("not_acceptable", 406, "Not acceptable");
    public static readonly ProblemKind RequestTimeout = new("request_timeout", 408, "The request timed out");
    public static readonly ProblemKind BodyTooLarge = new("body_too_large", 413, "The body is too large");
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported_media_type", 415, "Unsupported media type");

    // 409: conflicts with the current state.
    public static readonly ProblemKind IdempotencyInProgress = new("idempotency_in_progress", 409, "The request is still running");
    public static readonly ProblemKind CheckoutInProgress = new("checkout_in_progress", 409, "A checkout is in progress");
    public static readonly ProblemKind CartOrdered = new("cart_ordered", 409, "The cart is already ordered");
    public static readonly ProblemKind CheckoutExpired = new("checkout_expired", 409, "The checkout expired");
    public static readonly ProblemKind OrderNotConfirmed = new("order_not_confirmed", 409, "The order is not confirmed");
    public static readonly ProblemKind AlreadyCaptured = new("already_captured", 409, "Payment already captured");
    public static readonly ProblemKind AlreadyCancelled = new("already_cancelled", 409, "Order already cancelled");
    public static readonly ProblemKind NotCaptured = new("not_captured", 409, "Payment not captured");
    public static readonly ProblemKind OperationInProgress = new("operation_in_progress", 409, "Another operation is in progress");
    public static readonly ProblemKind ExternalIdTaken = new("external_id_taken", 409, "The external id is taken");
    public static readonly ProblemKind SkuTaken = new("sku_taken", 409, "The SKU is taken");
    public static readonly ProblemKind OverPromised = new("over_promised", 409, "Existing reservations exceed the new policy");

    // 412 and 428: preconditions.
    public static readonly ProblemKind VersionMismatch = new("version_mismatch", 412, "The version does not match");
    public static readonly ProblemKind PreconditionRequired = new("precondition_required", 428, "If-Match is required");

    // 422: valid requests refused by a rule.
    public static readonly ProblemKind IdempotencyKeyReused = new("idempotency_key_reused", 422, "The idempotency key belongs to another request");
    public static readonly ProblemKind InsufficientStock = new("insufficient_stock", 422, "Insufficient stock");
    public static readonly ProblemKind StockLimitExceeded = new("stock_limit_exceeded", 422, "Stock limit exceeded");
    public static readonly ProblemKind CartEmpty = new("cart_empty", 422, "The cart is empty");
    public static readonly ProblemKind CartFull = new("cart_full", 422, "The cart is full");
    public static readonly ProblemKind NotOffered = new("not_offered", 422, "The SKU is not for sale in this currency");
    public static readonly ProblemKind UnknownCategory = new("unknown_category", 422, "The category does not exist");
    public static readonly ProblemKind NoSuchLine = new("no_such_line", 422, "The order has no such units");
    public static readonly ProblemKind TooManyOperations = new("too_many_operations", 422, "Too many operations on the order");

    // 500 and above: faults of the server.
    public static readonly ProblemKind InternalError = new("internal_error", 500, "Internal error");
    public static readonly ProblemKind Unavailable = new("unavailable", 503, "Temporarily unavailable");
    public static readonly ProblemKind OutcomeUnknown = new("outcome_unknown", 504, "The outcome is unknown");

    /// <summary>All kinds by their code.</summary>
    public static FrozenDictionary<string, ProblemKind> All { get; } = typeof(Problems)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (ProblemKind)field.GetValue(null)!)
        .ToFrozenDictionary(static kind => kind.Code, StringComparer.Ordinal);

    /// <summary>The kind with the name of a refusal's case.</summary>
    public static ProblemKind OfRefusal(OrderRefusal refusal) => All[CodeOf(refusal.GetType().Name)];

    /// <summary>The kind with the name of a failure.</summary>
    public static ProblemKind OfFailure(FailureCode code) => All[CodeOf(code)];

    /// <summary>The code that is made from the name of a failure.</summary>
    public static string CodeOf(FailureCode code) => CodeOf(code.ToString());

    /// <summary>The problem of a bare status code.</summary>
    public static ProblemKind OfStatus(int status) => status switch
    {
        400 => MalformedRequest,
        401 => Unauthenticated,
        403 => ScopeRequired,
        404 => RouteNotFound,
        405 => MethodNotAllowed,
        406 => NotAcceptable,
        408 => RequestTimeout,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        503 => Unavailable,
        504 => OutcomeUnknown,
        // Kestrel and routing refuse malformed requests with a few more codes.
        >= 400 and < 500 => MalformedRequest with { Status = status },
        _ => InternalError,
    };

    /// <summary>Reached only when a grain returns a case that the API does not map.</summary>
    public static UnreachableException Unmapped(object? result) => new($"No response is mapped for {result?.GetType().Name ?? "null"}.");

    private static string CodeOf(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
