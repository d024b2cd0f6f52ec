namespace ActorShop.Cli.Imports;

/// <summary>The result of reading a row, with the line on which it begins, from 1.</summary>
internal abstract record RowReading(int Line)
{
    internal sealed record Accepted(int Line, CatalogueProduct Product) : RowReading(Line);

    internal sealed record Refused(int Line, string Reason) : RowReading(Line);
}
