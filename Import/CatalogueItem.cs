namespace ActorShop.Import;

/// <summary>What became of a row, or of the rows of one product. The line is the first one, from 1.</summary>
public abstract record CatalogueItem(int Line)
{
    /// <param name="Rows">The number of rows that describe the product.</param>
    public sealed record Accepted(int Line, int Rows, ImportProduct Product) : CatalogueItem(Line)
    {
        /// <summary>The lines of the rows.</summary>
        public ImmutableArray<int> Lines { get; init; } = [Line];
    }

    public sealed record Refused(int Line, string Reason) : CatalogueItem(Line);

    /// <summary>The row is valid, and the shop has no place for it.</summary>
    public sealed record LeftOut(int Line, string Reason) : CatalogueItem(Line);
}
