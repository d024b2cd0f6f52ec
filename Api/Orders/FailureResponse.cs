using ActorShop.Orders;

namespace ActorShop.Api.Orders;

/// <summary>The reason why an order failed.</summary>
/// <param name="Code">The problem code.</param>
/// <param name="DeclineCode">The payment provider's decline code.</param>
/// <param name="Sku">The SKU with insufficient stock.</param>
/// <param name="Available">The units available of the SKU.</param>
public sealed record FailureResponse(string Code, string? DeclineCode, string? Sku, int? Available)
{
    internal static FailureResponse? Of(OrderFailure? failure) =>
        failure is null ? null : new(Problems.CodeOf(failure.Code), failure.DeclineCode, failure.Sku?.Value, failure.Available);
}
