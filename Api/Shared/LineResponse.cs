using System.Collections.Immutable;

namespace ActorShop.Api;

/// <summary>A line of an order.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Name">The name when the line was added.</param>
/// <param name="Quantity">The units.</param>
/// <param name="UnitPrice">The price per unit.</param>
/// <param name="LineTotal">The quantity times the unit price.</param>
/// <param name="Discounts">The discounts of the line. Absent if there are none.</param>
/// <param name="Taxes">The taxes of the line. Absent if there are none.</param>
public sealed record LineResponse(
    string Sku, string Name, int Quantity, MoneyBody UnitPrice, MoneyBody LineTotal, MoneyBody? Discounts, MoneyBody? Taxes)
{
    internal static IReadOnlyList<LineResponse> Of(ImmutableArray<Line> lines) =>
    [
        .. lines.Select(static line => new LineResponse(
            line.Sku.Value, line.Name, line.Quantity, MoneyBody.Of(line.UnitPrice), MoneyBody.Of(line.LineTotal),
            MoneyBody.OfOptional(line.Discounts), MoneyBody.OfOptional(line.Taxes))),
    ];
}
