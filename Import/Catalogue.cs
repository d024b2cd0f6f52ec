namespace ActorShop.Import;

/// <summary>What a file contains.</summary>
/// <param name="Map">The name of the map that read it.</param>
/// <param name="Rows">The number of rows, without blank ones.</param>
/// <param name="Items">In the order of the file.</param>
/// <param name="LeftOutColumns">Columns that are not imported.</param>
public sealed record Catalogue(
    string Map, int Rows, ImmutableArray<CatalogueItem> Items, ImmutableArray<Note> Notes, ImmutableArray<string> LeftOutColumns)
{
    /// <summary>Whether prices have the currency of the settings, since the file names none for them.</summary>
    public bool AssumesCurrency { get; init; }
}
