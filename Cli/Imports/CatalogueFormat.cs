namespace ActorShop.Cli.Imports;

internal enum CatalogueFormat
{
    Csv,
    Ndjson,
}
