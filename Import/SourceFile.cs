namespace ActorShop.Import;

/// <summary>The rows of a file before any map.</summary>
/// <param name="Columns">All columns or members, in the order of their first row.</param>
/// <param name="Repeated">Columns that occur twice.</param>
internal sealed record SourceFile(IReadOnlyList<SourceRow> Rows, IReadOnlyCollection<string> Columns, IReadOnlyCollection<string> Repeated);
