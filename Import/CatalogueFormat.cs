namespace ActorShop.Import;

public enum CatalogueFormat
{
    Csv,
    Ndjson,
}
