using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>Every refusal the API can state: the catalogue of codes.</summary>
internal static class Problems
{
    // 400: the request is not understood. Nothing was done.
    public static readonly ProblemKind MalformedRequest = new("malformed_request", 400, "The request cannot be read");
    public static readonly ProblemKind ValidationFailed = new("validation_failed", 400, "The request says something impossible");
    public static readonly ProblemKind InvalidCursor = new("invalid_cursor", 400, "The cursor does not belong to this list");
    public static readonly ProblemKind InvalidPrecondition = new("invalid_precondition", 400, "The precondition cannot be read");
    public static readonly ProblemKind IdempotencyKeyRequired = new("idempotency_key_required", 400, "Idempotency-Key is missing");
    public static readonly ProblemKind IdempotencyKeyInvalid = new("idempotency_key_invalid", 400, "Idempotency-Key cannot be used");

    // 401, 402, 403: who asks, and whether it can be paid.
    public static readonly ProblemKind Unauthenticated = new("unauthenticated", 401, "Who is calling is not known");
    public static readonly ProblemKind PaymentDeclined = new("payment_declined", 402, "The payment was declined");
    public static readonly ProblemKind ScopeRequired = new("scope_required", 403, "The key does not allow this");

    // 404: it is not there, or not the caller's.
    public static readonly ProblemKind RouteNotFound = new("route_not_found", 404, "There is nothing here");
    public static readonly ProblemKind CartNotFound = new("cart_not_found", 404, "There is no such cart");
    public static readonly ProblemKind OrderNotFound = new("order_not_found", 404, "There is no such order");
    public static readonly ProblemKind PaymentNotFound = new("payment_not_found", 404, "There is no such payment");
    public static readonly ProblemKind ProductNotFound = new("product_not_found", 404, "There is no such product");
    public static readonly ProblemKind CategoryNotFound = new("category_not_found", 404, "There is no such category");
    public static readonly ProblemKind SkuNotFound = new("sku_not_found", 404, "Nobody has heard of this SKU");

    // 405 to 415: how it is asked.
    public static readonly ProblemKind MethodNotAllowed = new("method_not_allowed", 405, "The resource does not know this method");
    public static readonly ProblemKind NotAcceptable = new("not_acceptable", 406, "Answers are JSON");
    public static readonly ProblemKind RequestTimeout = new("request_timeout", 408, "The request did not arrive in time");
    public static readonly ProblemKind BodyTooLarge = new("body_too_large", 413, "The body is too large");
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported_media_type", 415, "Requests are JSON in UTF-8");

    // 409: the state of things is against it.
    public static readonly ProblemKind IdempotencyInProgress = new("idempotency_in_progress", 409, "The request is running already");
    public static readonly ProblemKind CheckoutInProgress = new("checkout_in_progress", 409, "The cart is being checked out");
    public static readonly ProblemKind CartOrdered = new("cart_ordered", 409, "The cart has become an order");
    public static readonly ProblemKind CheckoutExpired = new("checkout_expired", 409, "The checkout took too long");
    public static readonly ProblemKind OrderNotConfirmed = new("order_not_confirmed", 409, "The order is not confirmed");
    public static readonly ProblemKind AlreadyCaptured = new("already_captured", 409, "The money was taken before");
    public static readonly ProblemKind AlreadyCancelled = new("already_cancelled", 409, "The order was called off before");
    public static readonly ProblemKind NotCaptured = new("not_captured", 409, "No money was taken");
    public static readonly ProblemKind OperationInProgress = new("operation_in_progress", 409, "Another operation on the order is under way");
    public static readonly ProblemKind ExternalIdTaken = new("external_id_taken", 409, "The external id belongs to something else");
    public static readonly ProblemKind SkuTaken = new("sku_taken", 409, "The SKU belongs to another product");
    public static readonly ProblemKind OverPromised = new("over_promised", 409, "More was promised than the policy would allow");
    public static readonly ProblemKind Refused = new("refused", 409, "The state of things does not allow it");

    // 412 and 428: preconditions.
    public static readonly ProblemKind VersionMismatch = new("version_mismatch", 412, "It has changed since you read it");
    public static readonly ProblemKind PreconditionRequired = new("precondition_required", 428, "Say which version you saw");

    // 422: understood, and refused by a rule.
    public static readonly ProblemKind IdempotencyKeyReused = new("idempotency_key_reused", 422, "The key was used for another request");
    public static readonly ProblemKind InsufficientStock = new("insufficient_stock", 422, "Not enough stock");
    public static readonly ProblemKind StockLimitExceeded = new("stock_limit_exceeded", 422, "More units than can be counted");
    public static readonly ProblemKind CartEmpty = new("cart_empty", 422, "The cart is empty");
    public static readonly ProblemKind CartFull = new("cart_full", 422, "The cart has as many lines as a cart may have");
    public static readonly ProblemKind NotOffered = new("not_offered", 422, "The SKU is not on sale in this currency");
    public static readonly ProblemKind UnknownCategory = new("unknown_category", 422, "There is no such category");
    public static readonly ProblemKind NoSuchLine = new("no_such_line", 422, "The order does not have these units");
    public static readonly ProblemKind TooManyOperations = new("too_many_operations", 422, "The order has had too many operations");

    // 500 and above: the shop's fault.
    public static readonly ProblemKind InternalError = new("internal_error", 500, "Something went wrong here");
    public static readonly ProblemKind Unavailable = new("unavailable", 503, "The shop cannot answer at the moment");
    public static readonly ProblemKind OutcomeUnknown = new("outcome_unknown", 504, "It is not known whether it happened");

    private static readonly ProblemKind[] Kinds =
    [
        MalformedRequest, ValidationFailed, InvalidCursor, InvalidPrecondition, IdempotencyKeyRequired, IdempotencyKeyInvalid,
        Unauthenticated, PaymentDeclined, ScopeRequired,
        RouteNotFound, CartNotFound, OrderNotFound, PaymentNotFound, ProductNotFound, CategoryNotFound, SkuNotFound,
        MethodNotAllowed, NotAcceptable, RequestTimeout, BodyTooLarge, UnsupportedMediaType,
        IdempotencyInProgress, CheckoutInProgress, CartOrdered, CheckoutExpired, OrderNotConfirmed, AlreadyCaptured, AlreadyCancelled,
        NotCaptured, OperationInProgress, ExternalIdTaken, SkuTaken, OverPromised, Refused,
        VersionMismatch, PreconditionRequired,
        IdempotencyKeyReused, InsufficientStock, StockLimitExceeded, CartEmpty, CartFull, NotOffered, UnknownCategory, NoSuchLine, TooManyOperations,
        InternalError, Unavailable, OutcomeUnknown,
    ];

    /// <summary>All kinds by their code.</summary>
    public static FrozenDictionary<string, ProblemKind> All { get; } =
        Kinds.ToFrozenDictionary(static kind => kind.Code, StringComparer.Ordinal);

    /// <summary>The kind with the name of a refusal's case.</summary>
    public static ProblemKind OfRefusal(OrderRefusal refusal) => All[JsonNamingPolicy.SnakeCaseLower.ConvertName(refusal.GetType().Name)];

    /// <summary>The kind with the name of a failure.</summary>
    public static ProblemKind OfFailure(FailureCode code) => All[CodeOf(code)];

    /// <summary>The code that is made from a failure's name.</summary>
    public static string CodeOf(FailureCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    /// <summary>What a bare status means, where no handler said more.</summary>
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
        // Kestrel and routing know a few more ways in which a request is no request.
        >= 400 and < 500 => MalformedRequest with { Status = status },
        _ => InternalError,
    };

    /// <summary>Reached only if a grain learns a new answer and the API was not taught it; a 500 is the honest reply.</summary>
    public static UnreachableException Unmapped(object? result) => new($"No response is mapped for {result?.GetType().Name ?? "null"}.");
}
