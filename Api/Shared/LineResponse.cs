using System.Collections.Immutable;

namespace ActorShop.Api;

/// <summary>A line of a cart or an order.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Name">The name when the line was added.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The price per unit.</param>
/// <param name="LineTotal">The quantity times the unit price.</param>
public sealed record LineResponse(string Sku, string Name, int Quantity, MoneyBody UnitPrice, MoneyBody LineTotal)
{
    internal static IReadOnlyList<LineResponse> Of(ImmutableArray<Line> lines) =>
    [
        .. lines.Select(static line => new LineResponse(
            line.Sku.Value, line.Name, line.Quantity, MoneyBody.Of(line.UnitPrice), MoneyBody.Of(line.LineTotal))),
    ];
}
