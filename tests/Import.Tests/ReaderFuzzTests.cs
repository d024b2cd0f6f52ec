using System.Text;

namespace ActorShop.Import;

/// <summary>
/// Goal: whatever a file contains, reading it ends with a catalogue or with a refusal of one line. Method: random bytes, and random changes of
/// good files, each from a seed.
/// </summary>
[Trait("Suite", "Unit")]
public sealed class ReaderFuzzTests
{
    private const int Files = 1500;

    private static readonly string[] Exports = ["shopify", "woo", "magento"];

    private static readonly string[] Pieces =
    [
        "\"", "\"\"", "=\"", ",", ";", "\t", "\n", "\r", "\r\n", "\0", "\uFEFF", "\uFFFD", "\u2028", "'=", "-", "E+12", "1e400", "null", "{", "}", "[", "]", "\\ud800",
        "\\u0000", "79228162514264337593543950335", "-0", ".", "€", "sku", "price", "id:", "sku=", "\u0661", "😀",
    ];

    private static readonly string[] Values =
    [
        "{}", "[]", "null", "true", "\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "[\"\\ud800\"]", "{\"\\ud800\":1}", "{\"\\ud800\":1,\"\\ud800\":1}", "[1]", "[null]", "[{}]",
        "[{\"sku\":{}}]", "[{\"\\ud800\":\"1\"}]", "1e400", "-1", "0.00001", "79228162514264337593543950335", "7922816251426433759354395033599", "\"1e\"", "\"\\u0000\"",
    ];

    private static readonly ImportSettings[] Settings =
    [
        new(), new() { IgnoreColumns = true }, new() { IgnoreColumns = true, ClearEmpty = true, DecimalMark = DecimalMark.Comma, UseSalePrices = true },
        new("KWD", StockFactor: 1000) { IgnoreColumns = true, DecimalMark = DecimalMark.Point, AllowFree = true }, new("CLF", "sku") { Delimiter = ';' },
        new() { Map = "uci", IgnoreColumns = true }, new() { Encoding = Encoding.Latin1, IgnoreColumns = true },
    ];

    [Theory]
    [InlineData(CatalogueFormat.Csv)]
    [InlineData(CatalogueFormat.Ndjson)]
    public async Task RandomBytes_EndWithACatalogueOrARefusal(CatalogueFormat format)
    {
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            await ReadAsync(bytes, format, random, $"random bytes, seed {seed}");
        }
    }

    [Theory]
    [InlineData(CatalogueFormat.Csv)]
    [InlineData(CatalogueFormat.Ndjson)]
    public async Task ChangedFiles_EndWithACatalogueOrARefusal(CatalogueFormat format)
    {
        var files = Good(format);
        var accepted = 0;
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            var file = files[seed % files.Length];
            var text = file;
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                text = Changed(text, random, format);
            }

            var bytes = Encoding.UTF8.GetBytes(text);
            if (random.Next(4) == 0 && bytes.Length > 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            accepted += await ReadAsync(bytes, format, random, $"file {seed % files.Length}, seed {seed}");
        }

        // Otherwise the changes would test the first check alone.
        accepted.ShouldBeGreaterThan(Files / 10);
    }

    private static string[] Good(CatalogueFormat format)
    {
        var cases = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), format is CatalogueFormat.Csv ? "*.csv" : "*.ndjson")
            .Order(StringComparer.Ordinal).Select(File.ReadAllText).Where(static text => text.Length > 0);
        return format is CatalogueFormat.Csv
            ? [.. cases, .. Exports.Select(static kind => MadeUpExport.Of(kind, 8, seed: 1).Text)]
            :
            [
                .. cases,
                """
                {"externalId":"P","name":"Cup","price":"1.00","category":"Tea/Cups","attributes":{"a":"b"},"variants":[{"sku":"P-1","price":"2.00","options":{"size":"S"},"stock":3}]}
                {"sku":"2","name":"Hat","description":"warm","price":2.5,"currency":"EUR","stock":4,"policy":"backorder","backorderLimit":5,"option.size":"M"}
                """,
                """
                {"id":"a","name":"Sofa","category":"furniture","style":"s","description":"d","price":1.5,"current_stock":4,"aliases":["x","y"],"promoted":true}
                """,
                """{"Id":1,"Type":"Mug","Brand":"B","Name":"Cup","Description":"d","Price":8.5}""",
                """{"Handle":"h","Title":"T","Variant SKU":"s","Variant Price":"1.00","Variant Inventory Tracker":"shopify","Option1 Name":"Size","Option1 Value":"S","Option2 Name":"Cut","Option2 Value":"V"}""",
                """
                {"ID":"1","Type":"variable","SKU":"v","Name":"N","Published":"1","Regular price":"","Parent":"","Attribute 1 name":"Size","Attribute 1 value(s)":"S"}
                {"ID":"2","Type":"variation","SKU":"v-1","Name":"N","Published":"1","Regular price":"2.00","Stock":"3","Parent":"id:1","Attribute 1 name":"Size","Attribute 1 value(s)":"S"}
                """,
                """
                {"sku":"m-1","store_view_code":"","attribute_set_code":"Default","product_type":"simple","name":"M","price":"1.00","qty":"3"}
                {"sku":"m","store_view_code":"","attribute_set_code":"Default","product_type":"configurable","name":"M","configurable_variations":"sku=m-1,size=S"}
                """,
            ];
    }

    private static string Changed(string text, Random random, CatalogueFormat format)
    {
        var at = random.Next(text.Length + 1);
        var length = random.Next(Math.Min(20, text.Length - at) + 1);
        return random.Next(7) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text[..at],
            3 => text.Insert(at, ((char)random.Next(0xD800)).ToString()),
            4 or 5 when format is CatalogueFormat.Ndjson => WithValue(text, at, Values[random.Next(Values.Length)]),
            _ => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
        };
    }

    // Replaces the value of the member that follows a place.
    private static string WithValue(string text, int at, string value)
    {
        var start = text.IndexOf(':', at) + 1;
        var end = start == 0 ? -1 : text.AsSpan(start).IndexOfAny(",}\n") + start;
        return end < start || start == 0 ? text : text[..start] + value + text[end..];
    }

    /// <returns>1 if there is a catalogue.</returns>
    private static async Task<int> ReadAsync(byte[] bytes, CatalogueFormat format, Random random, string file)
    {
        var settings = Settings[random.Next(Settings.Length)];
        try
        {
            var catalogue = await Sample.ReadAsync(bytes, format, settings);
            catalogue.Items.Sum(static item => item is CatalogueItem.Accepted accepted ? accepted.Rows : 1).ShouldBe(catalogue.Rows, file);
            catalogue.Refusals().Select(static refusal => refusal.Reason).ShouldAllBe(static reason => !reason.Contains('\n'), file);
            return 1;
        }
        catch (ImportException refusal)
        {
            refusal.Message.ShouldNotContain('\n', file);
            return 0;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException and not ShouldAssertException)
        {
            throw new InvalidOperationException($"{file}: {exception.GetType().Name}: {Convert.ToBase64String(bytes)}", exception);
        }
    }
}
