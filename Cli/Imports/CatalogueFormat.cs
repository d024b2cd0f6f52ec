namespace ActorShop.Cli.Imports;

/// <summary>How the rows of a catalogue are written.</summary>
internal enum CatalogueFormat
{
    /// <summary>Comma-separated, with a header.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Ndjson,
}
