using System.Text;

namespace ActorShop.Import;

/// <summary>Reads files that tests write as text.</summary>
internal static class Sample
{
    public static Task<Catalogue> CsvAsync(string text, ImportSettings? settings = null) => ReadAsync(Encoding.UTF8.GetBytes(text), CatalogueFormat.Csv, settings);

    public static Task<Catalogue> JsonAsync(string text, ImportSettings? settings = null) => ReadAsync(Encoding.UTF8.GetBytes(text), CatalogueFormat.Ndjson, settings);

    public static async Task<Catalogue> ReadAsync(byte[] bytes, CatalogueFormat format = CatalogueFormat.Csv, ImportSettings? settings = null)
    {
        using var stream = new MemoryStream(bytes);
        return await CatalogueReader.ReadAsync(stream, format, settings ?? new ImportSettings(), CancellationToken.None);
    }

    /// <summary>Reads one of the files of <c>Cases/</c>.</summary>
    public static async Task<Catalogue> CaseAsync(string name, ImportSettings? settings = null) => await ReadAsync(
        await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Cases", name)),
        name.EndsWith(".ndjson", StringComparison.Ordinal) ? CatalogueFormat.Ndjson : CatalogueFormat.Csv, settings);

    public static ImportProduct[] Products(this Catalogue catalogue) =>
        [.. catalogue.Items.OfType<CatalogueItem.Accepted>().Select(static item => item.Product)];

    public static (int Line, string Reason)[] Refusals(this Catalogue catalogue) =>
        [.. catalogue.Items.OfType<CatalogueItem.Refused>().Select(static item => (item.Line, item.Reason))];

    public static ImportProduct OneProduct(this Catalogue catalogue) => catalogue.Items.ShouldHaveSingleItem().ShouldBeOfType<CatalogueItem.Accepted>().Product;

    public static string Texts(this ImmutableSortedDictionary<string, string> texts) =>
        string.Join(", ", texts.Select(static text => $"{text.Key}={text.Value}"));
}
