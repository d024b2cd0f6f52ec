using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>The problems the API returns, by code.</summary>
internal static class Problems
{
    public static readonly ProblemKind MalformedRequest = new(400, "The request is malformed");
    public static readonly ProblemKind ValidationFailed = new(400, "The request is invalid");
    public static readonly ProblemKind InvalidCursor = new(400, "The cursor is invalid");
    public static readonly ProblemKind InvalidPrecondition = new(400, "The precondition is invalid");
    public static readonly ProblemKind IdempotencyKeyRequired = new(400, "Idempotency-Key is required");
    public static readonly ProblemKind IdempotencyKeyInvalid = new(400, "Idempotency-Key is invalid");

    public static readonly ProblemKind Unauthenticated = new(401, "Authentication required");
    public static readonly ProblemKind PaymentDeclined = new(402, "Payment declined");
    public static readonly ProblemKind ScopeRequired = new(403, "The API key lacks a scope");

    public static readonly ProblemKind RouteNotFound = new(404, "Not found");
    public static readonly ProblemKind CartNotFound = new(404, "Cart not found");
    public static readonly ProblemKind OrderNotFound = new(404, "Order not found");
    public static readonly ProblemKind PaymentNotFound = new(404, "Payment not found");
    public static readonly ProblemKind ProductNotFound = new(404, "Product not found");
    public static readonly ProblemKind CategoryNotFound = new(404, "Category not found");
    public static readonly ProblemKind SkuNotFound = new(404, "SKU not found");

    public static readonly ProblemKind MethodNotAllowed = new(405, "Method not allowed");
    public static readonly ProblemKind NotAcceptable = new(406, "Not acceptable");
    public static readonly ProblemKind RequestTimeout = new(408, "The request timed out");
    public static readonly ProblemKind BodyTooLarge = new(413, "The body is too large");
    public static readonly ProblemKind UnsupportedMediaType = new(415, "Unsupported media type");

    public static readonly ProblemKind IdempotencyInProgress = new(409, "The request is still running");
    public static readonly ProblemKind CheckoutInProgress = new(409, "A checkout is in progress");
    public static readonly ProblemKind CartOrdered = new(409, "The cart is already ordered");
    public static readonly ProblemKind CheckoutExpired = new(409, "The checkout expired");
    public static readonly ProblemKind OrderNotConfirmed = new(409, "The order is not confirmed");
    public static readonly ProblemKind AlreadyCaptured = new(409, "Payment already captured");
    public static readonly ProblemKind AlreadyCancelled = new(409, "Order already cancelled");
    public static readonly ProblemKind CancelWindowOver = new(409, "The time to cancel is over");
    public static readonly ProblemKind NotCaptured = new(409, "Payment not captured");
    public static readonly ProblemKind OperationInProgress = new(409, "Another operation is in progress");
    public static readonly ProblemKind ExternalIdTaken = new(409, "The external id is taken");
    public static readonly ProblemKind SkuTaken = new(409, "The SKU is taken");
    public static readonly ProblemKind StockExists = new(409, "The SKU has a stock record");
    public static readonly ProblemKind OverPromised = new(409, "Existing reservations exceed the new policy");

    public static readonly ProblemKind VersionMismatch = new(412, "The version does not match");
    public static readonly ProblemKind PreconditionRequired = new(428, "If-Match is required");

    public static readonly ProblemKind IdempotencyKeyReused = new(422, "The idempotency key belongs to another request");
    public static readonly ProblemKind InsufficientStock = new(422, "Insufficient stock");
    public static readonly ProblemKind StockLimitExceeded = new(422, "Stock limit exceeded");
    public static readonly ProblemKind CartEmpty = new(422, "The cart is empty");
    public static readonly ProblemKind CartFull = new(422, "The cart is full");
    public static readonly ProblemKind NotOffered = new(422, "The SKU is not for sale in this currency");
    public static readonly ProblemKind PriceChanged = new(422, "Prices have changed");
    public static readonly ProblemKind InvalidParent = new(422, "The parent category is invalid");
    public static readonly ProblemKind UnknownCategory = new(422, "The category does not exist");
    public static readonly ProblemKind NoSuchLine = new(422, "The order has no such units");
    public static readonly ProblemKind RefundExceedsPaid = new(422, "The refund exceeds what was paid");
    public static readonly ProblemKind TotalTooLarge = new(422, "The total is too large");
    public static readonly ProblemKind TotalsMismatch = new(422, "The totals do not add up");
    public static readonly ProblemKind CurrencyMismatch = new(422, "The currency is not that of the order");
    public static readonly ProblemKind TooManyOperations = new(422, "Too many operations on the order");

    public static readonly ProblemKind InternalError = new(500, "Internal error");
    public static readonly ProblemKind Unavailable = new(503, "Temporarily unavailable");
    public static readonly ProblemKind OutcomeUnknown = new(504, "The outcome is unknown");

    public static FrozenDictionary<string, ProblemKind> All { get; } = typeof(Problems)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (ProblemKind)field.GetValue(null)!)
        .ToFrozenDictionary(static kind => kind.Code, StringComparer.Ordinal);

    /// <summary>The kind with the name of a refusal. A refusal that is not listed above is a 409 with its name as the title.</summary>
    public static ProblemKind Of<TRefusal>()
        where TRefusal : OrderRefusal => Of(typeof(TRefusal).Name);

    /// <summary>The kind with the name of a refusal or of a <see cref="FailureCode"/>.</summary>
    public static ProblemKind Of(string name)
    {
        var code = Words.Of(name);
        return All.GetValueOrDefault(code) ?? new ProblemKind(409, $"{name[0]}{code[1..].Replace('_', ' ')}", name);
    }

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
}
