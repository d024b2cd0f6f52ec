namespace ActorShop.Import.Maps;

/// <summary>The catalogue of eShop: numbers as ids, no stock.</summary>
internal sealed class EshopMap : ProductMap
{
    public override string Name => "eshop";

    protected override string[] Read => ["Id", "Type", "Brand", "Name", "Description", "Price", "option.*"];

    protected override string[] Prices => ["Price"];

    public override bool Recognises(IReadOnlySet<string> columns) => columns.IsSupersetOf(["Id", "Type", "Brand", "Price"]);

    public override ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        // Bare numbers could equal SKUs of other catalogues.
        var row = rows[0];
        var id = $"eshop-{row.Required("Id")}";
        return new ImportProduct(
            id, IsIdStated: true, row.Required("Name"), row.Said("Description"), CategoryPath.OfName(row.Said("Type")),
            row.Some(["Brand"], static _ => "brand"),
            [new ImportVariant(id, row.Price("Price"), row.Prefixed("option."), Opening(row, null, context.Settings))]);
    }
}
