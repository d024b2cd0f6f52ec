using System.Text;
using ActorShop.Cli.Imports;

namespace ActorShop.Cli.Tests.Imports;

public sealed class CatalogueReaderTests
{
    private const string Header = "sku,name,price\n";

    [Theory]
    [InlineData("1,,5\n", "name is missing")]
    [InlineData("1,a,-0.01\n", "price is negative")]
    [InlineData("1,a,\n", "price is missing")]
    [InlineData("1,a,five\n", "price is not a number: 'five'")]
    [InlineData("1,a,1.005\n", "price has more decimal places than GBP: 1.005")]
    [InlineData("1,a\n", "the row has 2 fields, the header 3")]
    [InlineData("1,a,2,3\n", "the row has 4 fields, the header 3")]
    [InlineData("1,\"a\"b,2\n", "there is text after a closing quotation mark")]
    [InlineData("1,a\"b,2\n", "there is a quotation mark in the middle of a field")]
    [InlineData("1/2,a,2\n", @"SKU '1/2' must not contain '/' or '\'")]
    [InlineData(",a,2\n", "sku is missing")]
    public async Task InvalidCsvRow_IsRefusedAlone(string row, string reason)
    {
        var readings = await ReadAsync(Header + "0,first,1\n" + row + "9,last,1\n", CatalogueFormat.Csv);

        readings.Select(static reading => reading.Line).ShouldBe([2, 3, 4]);
        readings[1].ShouldBeOfType<RowReading.Refused>().Reason.ShouldBe(reason);
        readings.OfType<RowReading.Accepted>().Select(static row => row.Product.Name).ShouldBe(["first", "last"]);
    }

    [Theory]
    [InlineData("{\"sku\":\"1\"", "the line is no JSON")]
    [InlineData("[1]", "the line is no JSON object")]
    [InlineData("{\"sku\":\"1\",\"sku\":\"2\",\"name\":\"a\",\"price\":1}", "the line is no JSON")]
    [InlineData("{\"sku\":\"1\",\"name\":null,\"price\":1}", "name is missing")]
    [InlineData("{\"sku\":\"1\",\"name\":{},\"price\":1}", "name is neither text nor a number")]
    [InlineData("{\"sku\":\"1\",\"name\":\"a\",\"price\":-1}", "price is negative")]
    [InlineData("{\"sku\":\"1\",\"name\":\"a\",\"price\":1,\"stock\":1.5}", "stock is not a whole number: 1.5")]
    [InlineData("{\"sku\":\"1\",\"name\":\"a\",\"price\":1,\"policy\":\"some\"}", "policy is not tracked")]
    [InlineData("{\"name\":\"a\",\"variants\":[]}", "variants is empty")]
    [InlineData("{\"name\":\"a\",\"variants\":[1]}", "variants is not a list of objects")]
    [InlineData("{\"sku\":\"\\u202e1\",\"name\":\"a\",\"price\":1}", "SKU must have printable characters only")]
    public async Task InvalidJsonRow_IsRefusedAlone(string row, string reason)
    {
        var first = """{"sku":"0","name":"first","price":1}""";
        var readings = await ReadAsync($"{first}\n\n{row}\n{first.Replace("\"0\"", "\"9\"", StringComparison.Ordinal)}\n", CatalogueFormat.Ndjson);

        readings.Select(static reading => reading.Line).ShouldBe([1, 3, 4]);
        readings[1].ShouldBeOfType<RowReading.Refused>().Reason.ShouldStartWith(reason);
    }

    [Fact]
    public async Task RepeatedSku_IsRefused_AndCaseMatters()
    {
        var readings = await ReadAsync(Header + "a,one,1\nA,two,1\na,three,1\n", CatalogueFormat.Csv);

        readings.OfType<RowReading.Accepted>().Select(static row => row.Product.Name).ShouldBe(["one", "two"]);
        readings[2].ShouldBeOfType<RowReading.Refused>().Reason.ShouldBe("SKU 'a' was on line 2");
    }

    [Fact]
    public async Task LineNumbers_CountTheLinesOfQuotedFields()
    {
        var readings = await ReadAsync(Header + "1,\"two\nlines\",1\n2,,1\n", CatalogueFormat.Csv);

        readings[0].Line.ShouldBe(2);
        readings[1].ShouldBe(new RowReading.Refused(4, "name is missing"));
    }

    [Fact]
    public async Task ByteOrderMarkAndWindowsLineEnds_AreIgnored()
    {
        var readings = await ReadAsync("\uFEFFsku,name,price\r\n1,a,2\r\n", CatalogueFormat.Csv);

        readings.ShouldHaveSingleItem().ShouldBeOfType<RowReading.Accepted>().Product.Variants[0].Price.Amount.ShouldBe(200);
    }

    [Fact]
    public async Task Row_IsRefused_WhenItIsNotUtf8()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + "1,caf"), 0xE9, .. Encoding.UTF8.GetBytes(",1\n")];

        var readings = await ReadAsync(bytes, CatalogueFormat.Csv);

        readings.ShouldHaveSingleItem().ShouldBe(new RowReading.Refused(2, "the text is not UTF-8"));
    }

    [Fact]
    public async Task UnknownColumns_EndTheImport()
    {
        var refusal = await Should.ThrowAsync<ToolException>(() => ReadAsync("a,b\n1,2\n", CatalogueFormat.Csv));

        refusal.ExitCode.ShouldBe(ExitCode.BadInput);
        refusal.Message.ShouldContain("a, b");
    }

    [Theory]
    [InlineData("JPY", "500", 500)]
    [InlineData("KWD", "1.234", 1234)]
    [InlineData("GBP", "12.3", 1230)]
    public async Task Price_IsInMinorUnits_ByTheExponentOfItsCurrency(string currency, string price, long minor)
    {
        var readings = await ReadAsync($"sku,name,price,currency\n1,a,{price},{currency}\n", CatalogueFormat.Csv);

        readings.ShouldHaveSingleItem().ShouldBeOfType<RowReading.Accepted>().Product.Variants[0].Price.ShouldBe(new(minor, currency));
    }

    private static Task<List<RowReading>> ReadAsync(string text, CatalogueFormat format) => ReadAsync(Encoding.UTF8.GetBytes(text), format);

    private static async Task<List<RowReading>> ReadAsync(byte[] bytes, CatalogueFormat format)
    {
        using var stream = new MemoryStream(bytes);
        return await CatalogueReader.ReadAsync(stream, format, null, new ImportSettings(), CancellationToken.None).ToListAsync();
    }
}
