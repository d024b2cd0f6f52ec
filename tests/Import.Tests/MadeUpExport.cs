using System.Globalization;
using System.Text;

namespace ActorShop.Import;

/// <summary>An export of another shop from a seed, with the counts that an import of it has to report.</summary>
/// <remarks>It has what real exports have: variants, pictures, drafts, missing SKUs, HTML, quotation marks, several categories, other scripts.</remarks>
internal sealed record MadeUpExport(string Text, int Rows, int Products, int Variants, long Units, int LeftOut, int NotForSale)
{
    private static readonly string[] Nouns = ["Cap", "Mug", "Lamp", "Scarf", "Bowl", "Tee", "Größe", "茶碗", "Чашка"];
    private static readonly string[] Kinds = ["Hats", "Kitchen", "Kitchen > Cups", "Home & Garden", "C++", "C#", "衣服 > 帽子", "Чай"];
    private static readonly string[] Sizes = ["S", "M", "L", "XL"];

    public static MadeUpExport Of(string kind, int products, int seed) => new Writer(new Random(seed)).Write(kind, products);

    private sealed class Writer(Random random)
    {
        private readonly StringBuilder _text = new();
        private readonly List<string[]> _later = [];
        private MadeUpExport _export = new(string.Empty, 0, 0, 0, 0, 0, 0);

        public MadeUpExport Write(string kind, int products)
        {
            string[] header = kind switch
            {
                "shopify" =>
                [
                    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value", "Variant SKU",
                    "Variant Inventory Tracker", "Variant Inventory Qty", "Variant Inventory Policy", "Variant Price", "Variant Compare At Price", "Image Src", "Status",
                ],
                "woo" =>
                [
                    "ID", "Type", "SKU", "Name", "Published", "Description", "In stock?", "Stock", "Backorders allowed?", "Sale price", "Regular price",
                    "Categories", "Images", "Parent", "Attribute 1 name", "Attribute 1 value(s)", "Meta: _note",
                ],
                _ =>
                [
                    "sku", "store_view_code", "attribute_set_code", "product_type", "categories", "product_websites", "name", "description",
                    "product_online", "visibility", "price", "special_price", "qty", "is_in_stock", "additional_attributes", "configurable_variations",
                ],
            };
            Line(header);
            for (var i = 1; i <= products; i++)
            {
                var variants = random.Next(10) < 3 ? random.Next(2, 5) : 1;
                var isForSale = random.Next(10) > 0;
                _export = _export with
                {
                    Products = _export.Products + 1,
                    Variants = _export.Variants + variants,
                    NotForSale = _export.NotForSale + (isForSale ? 0 : 1),
                };
                switch (kind)
                {
                    case "shopify": Shopify(i, variants, isForSale); break;
                    case "woo": Woo(i, variants, isForSale); break;
                    default: Magento(i, variants, isForSale); break;
                }
            }

            foreach (var row in _later)
            {
                Row(row);
            }

            return _export with { Text = _text.ToString() };
        }

        private void Shopify(int i, int variants, bool isForSale)
        {
            var handle = $"product-{i}";
            for (var v = 0; v < variants; v++)
            {
                var isFirst = v == 0;
                Row(
                    handle, isFirst ? Name(i) : "", isFirst ? Html() : "", isFirst ? "Beispiel & Co" : "", isFirst ? Kinds[i % Kinds.Length] : "",
                    isFirst ? "winter, wool" : "", isFirst ? isForSale ? "TRUE" : "FALSE" : "", isFirst ? variants > 1 ? "Size" : "Title" : "",
                    variants > 1 ? Sizes[v] : "Default Title", random.Next(20) == 0 ? "" : $"SH-{i}-{v}", "shopify", Units(), i % 7 == 0 ? "continue" : "deny",
                    Price(), "", "https://example.org/a.jpg", isFirst ? "active" : "");
            }

            for (var picture = random.Next(3); picture > 0; picture--)
            {
                Row(handle, "", "", "", "", "", "", "", "", "", "", "", "", "", "", $"https://example.org/{picture}.jpg", "");
            }
        }

        private void Woo(int i, int variants, bool isForSale)
        {
            var published = isForSale ? "1" : "0";
            var categories = string.Join(", ", new[] { Kinds[i % Kinds.Length], i % 5 == 0 ? "New" : "" }.Where(static name => name.Length > 0));
            if (variants == 1)
            {
                Row($"{i}", "simple", $"WO-{i}", Name(i), published, Html(), "1", Units(), "0", i % 9 == 0 ? "0.50" : "", Price(), categories, "", "", "Material", "clay", "x");
                return;
            }

            Row($"{i}", "variable", $"WO-{i}", Name(i), published, Html(), "1", "", "0", "", "", categories, "", "", "Size", string.Join(", ", Sizes.Take(variants)), "");
            for (var v = 0; v < variants; v++)
            {
                string[] row =
                [
                    $"{100_000 + (10 * i) + v}", "variation", v == 3 ? "" : $"WO-{i}-{v}", Name(i), "1", "", "1", Units(), i % 7 == 0 ? "notify" : "0", "", Price(), "", "",
                    i % 2 == 0 ? $"id:{i}" : $"WO-{i}", "Size", Sizes[v], "",
                ];
                if (i % 3 == 0)
                {
                    _later.Add(row);
                }
                else
                {
                    Row(row);
                }
            }
        }

        private void Magento(int i, int variants, bool isForSale)
        {
            var categories = string.Join(',', new[] { "Default Category", $"Default Category/{Kinds[i % Kinds.Length].Replace(" > ", "/", StringComparison.Ordinal)}" });
            var online = isForSale ? "1" : "2";
            for (var v = 0; v < variants; v++)
            {
                Row(
                    variants == 1 ? $"MA-{i}" : $"MA-{i}-{Sizes[v]}", "", "Default", i % 11 == 0 ? "virtual" : "simple", categories, "base", Name(i), Html(),
                    variants == 1 ? online : "1", variants == 1 ? "Catalog, Search" : "Not Visible Individually", $"{Price()}00", i % 9 == 0 ? "0.5000" : "",
                    $"{Units()}.0000", "1", "material=wool, cotton,care=30", "");
            }

            if (variants > 1)
            {
                var skus = string.Join('|', Sizes.Take(variants).Select(size => $"sku=MA-{i}-{size},size={size}"));
                Row($"MA-{i}", "", "Default", "configurable", categories, "base", Name(i), Html(), online, "Catalog, Search", "", "", "0.0000", "1", "", skus);
            }

            if (i % 20 == 0)
            {
                Row($"MA-{i}", "de", "", "", "", "", "Übersetzt", "", "", "", "", "", "", "", "", "");
                _export = _export with { LeftOut = _export.LeftOut + 1 };
            }
        }

        private static string Name(int i) => $"{Nouns[i % Nouns.Length]} \"{i}\", the {(i % 2 == 0 ? "good" : "better")} one";

        private string Html() => $"<p>Keeps \"warm\", {random.Next(100)} days.</p>\n<ul><li>one</li>\n<li>two</li></ul>";

        private string Price() => (random.Next(100, 100_000) / 100m).ToString("F2", CultureInfo.InvariantCulture);

        private string Units()
        {
            var units = random.Next(50);
            _export = _export with { Units = _export.Units + units };
            return $"{units}";
        }

        private void Row(params string[] cells)
        {
            _export = _export with { Rows = _export.Rows + 1 };
            Line(cells);
        }

        private void Line(string[] cells) => _text.Append(string.Join(',', cells.Select(static cell =>
            cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))).Append('\n');
    }
}
