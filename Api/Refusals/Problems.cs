using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using ActorShop.Orders;

namespace ActorShop.Api;

/// <summary>The problems the API returns, by code.</summary>
internal static class Problems
{
    public static readonly ProblemKind MalformedRequest = new(400, "The request is malformed", "The request cannot be read.");
    public static readonly ProblemKind ValidationFailed = new(400, "The request is invalid", "Correct the parts that `errors` names.");
    public static readonly ProblemKind InvalidCursor = new(400, "The cursor is invalid", "Use nextCursor unchanged, with the same filters.");
    public static readonly ProblemKind InvalidPrecondition = new(400, "The precondition is invalid", "If-Match must be one ETag, including its quotation marks.");
    public static readonly ProblemKind IdempotencyKeyRequired = new(400, "Idempotency-Key is required", "Send a unique key, and the same key when you repeat the request.");
    public static readonly ProblemKind IdempotencyKeyInvalid = new(400, "Idempotency-Key is invalid", "Must be one key of 1 to 255 printable ASCII characters.");

    public static readonly ProblemKind Unauthenticated = new(401, "Authentication required", "Send 'Authorization: Bearer' with a valid API key.");
    public static readonly ProblemKind PaymentDeclined = new(402, "Payment declined", "The payment provider declined the payment.");
    public static readonly ProblemKind ScopeRequired = new(403, "The API key lacks a scope", "Use an API key that has the scope of this route.");
    public static readonly ProblemKind ApiKeyRequired = new(403, "An API key is required", "Send 'Authorization: Bearer' with an API key, or leave the member out.");

    public static readonly ProblemKind RouteNotFound = new(404, "Not found", "The API has no such path. /docs lists those of the public port.");
    public static readonly ProblemKind CartNotFound = new(404, "Cart not found", "No cart has this id.");
    public static readonly ProblemKind OrderNotFound = new(404, "Order not found", "No order has this id.");
    public static readonly ProblemKind PaymentNotFound = new(404, "Payment not found", "No payment has this id.");
    public static readonly ProblemKind ProductNotFound = new(404, "Product not found", "No product has this id.");
    public static readonly ProblemKind CategoryNotFound = new(404, "Category not found", "No category has this code.");
    public static readonly ProblemKind SkuNotFound = new(404, "SKU not found", "The SKU has no stock record.");

    public static readonly ProblemKind MethodNotAllowed = new(405, "Method not allowed", "The Allow header lists the methods of this path.");
    public static readonly ProblemKind NotAcceptable = new(406, "Not acceptable", "Accept must allow application/json.");
    public static readonly ProblemKind RequestTimeout = new(408, "The request timed out", "The request arrived too slowly. Send it again.");
    public static readonly ProblemKind BodyTooLarge = new(413, "The body is too large", "Send a smaller body.");
    public static readonly ProblemKind UnsupportedMediaType = new(415, "Unsupported media type", "Content-Type must be application/json in UTF-8.");

    public static readonly ProblemKind IdempotencyInProgress = new(409, "The request is still running", "A request with this key is still running. Repeat it later with the same key.") { IsPassing = true };
    public static readonly ProblemKind CheckoutInProgress = new(409, "A checkout is in progress", "Wait until the checkout of this cart ends.") { IsPassing = true };
    public static readonly ProblemKind CartOrdered = new(409, "The cart is already ordered", "Create another cart.");
    public static readonly ProblemKind CheckoutExpired = new(409, "The checkout expired", "The payment took too long. Nothing was charged. Use a new Idempotency-Key for another attempt.");
    public static readonly ProblemKind OrderNotConfirmed = new(409, "The order is not confirmed", "Only a confirmed order allows this operation.") { MayPass = true };
    public static readonly ProblemKind AlreadyCaptured = new(409, "Payment already captured", "The payment of this order is captured in full.");
    public static readonly ProblemKind AlreadyCancelled = new(409, "Order already cancelled", "A cancelled order does not change any more.");
    public static readonly ProblemKind AlreadyShipped = new(409, "Order already shipped", "A shipped order cannot be cancelled. Refund it instead.");
    public static readonly ProblemKind NothingToShip = new(409, "Nothing to ship", "All units of this order were refunded.");
    public static readonly ProblemKind CancelWindowOver = new(409, "The time to cancel is over", "Ask the merchant to cancel the order.");
    public static readonly ProblemKind NotCaptured = new(409, "Payment not captured", "Capture the payment before you refund it, or cancel the order.");
    public static readonly ProblemKind OperationInProgress = new(409, "Another operation is in progress", "Wait until the other operation on this order ends.") { IsPassing = true };
    public static readonly ProblemKind ExternalIdTaken = new(409, "The external id is taken", "Another resource has this externalId.") { MayPass = true };
    public static readonly ProblemKind SkuTaken = new(409, "The SKU is taken", "Another product has this SKU. It keeps it even if it is archived.");
    public static readonly ProblemKind StockExists = new(409, "The SKU has a stock record", "Adjust the stock instead.");
    public static readonly ProblemKind OverPromised = new(409, "Existing reservations exceed the new policy", "More units are reserved than the new policy allows.");

    public static readonly ProblemKind VersionMismatch = new(412, "The version does not match", "Read the resource again and retry with its current ETag.");
    public static readonly ProblemKind PreconditionRequired = new(428, "If-Match is required", "Send the ETag of the version that you read.");
    public static readonly ProblemKind RateLimited = new(429, "Too many requests", "Wait as many seconds as Retry-After says.") { MayPass = true };
    public static readonly ProblemKind TooManyUnpaidOrders = new(429, "Too many orders are unpaid", "Wait until the payments of earlier orders have an outcome.") { IsPassing = true, Pause = 10 };

    public static readonly ProblemKind IdempotencyKeyReused = new(422, "The idempotency key belongs to another request", "Use a new key for a new request.");
    public static readonly ProblemKind InsufficientStock = new(422, "Insufficient stock", "Fewer units are available than requested.");
    public static readonly ProblemKind StockLimitExceeded = new(422, "Stock limit exceeded", "The stock of a SKU is limited.");
    public static readonly ProblemKind CartEmpty = new(422, "The cart is empty", "Add an item before the checkout.");
    public static readonly ProblemKind CartFull = new(422, "The cart is full", "The cart has the maximum number of lines.");
    public static readonly ProblemKind NotOffered = new(422, "The SKU is not for sale in this currency", "No product that is for sale has this SKU with a price in the currency of the cart.");
    public static readonly ProblemKind PriceChanged = new(422, "Prices have changed", "Send the new total of the cart as expectedTotal, with a new Idempotency-Key, to accept it.");
    public static readonly ProblemKind InvalidParent = new(422, "The parent category is invalid", "The parent must exist, and must not be the category itself or one below it.");
    public static readonly ProblemKind UnknownCategory = new(422, "The category does not exist", "Create the category first, or leave it out.");
    public static readonly ProblemKind NoSuchLine = new(422, "The order has no such units", "The order does not have this many units of the SKU to refund.");
    public static readonly ProblemKind RefundExceedsPaid = new(422, "The refund exceeds what was paid", "Refund less, or send `creditNote: true`.");
    public static readonly ProblemKind TotalTooLarge = new(422, "The total is too large", "Split the order.");
    public static readonly ProblemKind TotalsMismatch = new(422, "The totals do not add up", "The total must be the sum of its lines, taxes and shipping, less its discounts.");
    public static readonly ProblemKind CurrencyMismatch = new(422, "The currency is not that of the order", "Use the currency of the order.");
    public static readonly ProblemKind TooManyUnits = new(422, "Too many units for one order", "Order fewer units at a time.");
    public static readonly ProblemKind TooManyOperations = new(422, "Too many operations on the order", "The order has the maximum number of operations.") { MayPass = true };

    public static readonly ProblemKind InternalError = new(500, "Internal error", "The request failed. The log has the cause under the traceId.");
    public static readonly ProblemKind Unavailable = new(503, "Temporarily unavailable", "Try again.") { IsPassing = true };
    public static readonly ProblemKind OutcomeUnknown = new(504, "The outcome is unknown", "Repeat the request with the same Idempotency-Key; it runs at most once.");

    public static FrozenDictionary<string, ProblemKind> All { get; } = typeof(Problems)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (ProblemKind)field.GetValue(null)!)
        .ToFrozenDictionary(static kind => kind.Code, StringComparer.Ordinal);

    /// <summary>The problems of every route.</summary>
    public static ProblemKind[] OfEveryRoute { get; } = [ValidationFailed, Unauthenticated, NotAcceptable, InternalError, Unavailable, OutcomeUnknown];

    /// <summary>The problems of requests that need not reach a route.</summary>
    public static ProblemKind[] OfAnyRequest { get; } =
        [MalformedRequest, Unauthenticated, RouteNotFound, MethodNotAllowed, NotAcceptable, RequestTimeout, RateLimited, InternalError, Unavailable];

    /// <summary>The kind with the name of a refusal. A refusal that is not listed above is a 409 with its name as the title.</summary>
    public static ProblemKind Of<TRefusal>()
        where TRefusal : OrderRefusal => Of(typeof(TRefusal).Name);

    /// <summary>The kind with the name of a refusal or of a <see cref="FailureCode"/>.</summary>
    public static ProblemKind Of(string name)
    {
        var code = Words.Of(name);
        var title = $"{name[0]}{code[1..].Replace('_', ' ')}";
        return All.GetValueOrDefault(code) ?? new ProblemKind(409, title, $"{title}.", name);
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
        429 => RateLimited,
        503 => Unavailable,
        504 => OutcomeUnknown,
        // Kestrel and routing refuse malformed requests with a few more codes.
        >= 400 and < 500 => MalformedRequest with { Status = status },
        _ => InternalError,
    };

    /// <summary>Reached only when a grain returns a case that the API does not map.</summary>
    public static UnreachableException Unmapped(object? result) => new($"No response is mapped for {result?.GetType().Name ?? "null"}.");
}
