namespace ActorShop.Cli.Imports;

/// <summary>The result of reading a row: a product, or a reason for refusal.</summary>
/// <param name="Line">The line on which the row begins, from 1.</param>
internal abstract record RowReading(int Line)
{
    internal sealed record Accepted(int Line, CatalogueProduct Product) : RowReading(Line);

    internal sealed record Refused(int Line, string Reason) : RowReading(Line);
}
