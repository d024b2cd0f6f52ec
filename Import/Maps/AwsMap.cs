namespace ActorShop.Import.Maps;

/// <summary>The AWS retail demo store: decimal prices, stock beside the product, UUIDs as SKUs.</summary>
internal sealed class AwsMap : ProductMap
{
    private static readonly string[] Attributes = ["style", "gender_affinity", "where_visible", "image", "image_license", "link", "promoted", "featured", "aliases"];

    public override string Name => "aws";

    protected override string[] Read => ["id", "name", "description", "category", "price", "current_stock", "option.*", .. Attributes];

    protected override string[] Counts => ["current_stock"];

    public override bool Recognises(IReadOnlySet<string> columns) => columns.IsSupersetOf(["id", "current_stock", "style"]);

    public override ImportProduct Map(IReadOnlyList<SourceRow> rows, ReadingContext context)
    {
        var row = rows[0];
        var id = row.Required("id");
        return new ImportProduct(
            id, IsIdStated: true, row.Required("name"), row.Said("description"), CategoryPath.OfName(row.Said("category")), row.Some(Attributes),
            [new ImportVariant(
                id, row.Price("price"), row.Prefixed("option."), Opening(row, "current_stock", context.Settings))]);
    }
}
