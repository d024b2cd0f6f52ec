using System.Text;

namespace ActorShop.Import;

[Trait("Suite", "Unit")]
public sealed class CatalogueReaderTests
{
    private const string Header = "sku,name,price\n";

    [Theory]
    [InlineData("1,a,-0.01\n", "price is negative")]
    [InlineData("1,a,five\n", "price is not a number: 'five'")]
    [InlineData("1,a,1.005\n", "price has more decimal places than GBP: 1.005")]
    [InlineData("1,a,1e3\n", "price is not a number: '1e3'")]
    [InlineData("1,a,£5 £\n", "price is '£5 £', and its currency is GBP")]
    [InlineData("1,a,€ 5.00\n", "price is '€ 5.00', and its currency is GBP")]
    [InlineData("1,a,99999999999999999999\n", "price is too large: 99999999999999999999")]
    [InlineData("1,a,79228162514264337593543950335\n", "price is too large: 79228162514264337593543950335")]
    [InlineData("1,a\n", "the row has 2 fields, the header 3")]
    [InlineData("1,a,2,3\n", "the row has 4 fields, the header 3")]
    [InlineData("1,\"a\"b,2\n", "there is text after a closing quotation mark")]
    [InlineData("1,a\"b,2\n", "there is a quotation mark in the middle of a field")]
    [InlineData(",a,2\n", "sku is missing")]
    [InlineData("5.01235E+12,a,2\n", "SKU '5.01235E+12' is a number that a spreadsheet has shortened: the digits are lost")]
    [InlineData("1,a,0.00\n", "the price of SKU '1' is zero, and the product is for sale (allow-free)")]
    public async Task InvalidCsvRow_IsRefusedAlone(string row, string reason)
    {
        var catalogue = await Sample.CsvAsync(Header + "0,first,1.50\n" + row + "9,last,1\n");

        catalogue.Refusals().ShouldBe([(3, reason)]);
        catalogue.Products().Select(static product => product.Name).ShouldBe(["first", "last"]);
        catalogue.Items.Select(static item => item.Line).ShouldBe([2, 3, 4]);
        catalogue.Rows.ShouldBe(3);
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
    [InlineData("{\"sku\":\"1\",\"name\":\"a\",\"price\":1,\"backorderLimit\":-1}", "backorderLimit is negative")]
    [InlineData("{\"name\":\"a\",\"variants\":[]}", "variants is empty")]
    [InlineData("{\"name\":\"a\",\"variants\":[1]}", "variants is not a list of objects")]
    [InlineData("{\"name\":\"a\",\"variants\":[{\"sku\":\"1\",\"price\":1,\"qty\":3}]}", "the member qty of a variant is unknown")]
    [InlineData("{\"sku\":\"1\",\"name\":\"a\",\"price\":1,\"attributes\":[]}", "attributes is not an object")]
    [InlineData("{\"sku\":\"1\",\"name\":\"\\ud800\",\"price\":\"1.00\"}", "a text of the line has half of a surrogate pair")]
    [InlineData("{\"sku\":\"1\",\"name\":\"a\",\"price\":\"1.00\",\"attributes\":{\"\\uDC00\":\"b\"}}", "a text of the line has half of a surrogate pair")]
    [InlineData("{\"sku\":\"1\",\"name\":[\"a\",\"\\ud83d\\ud83d\"],\"price\":\"1.00\"}", "a text of the line has half of a surrogate pair")]
    [InlineData("{\"externalId\":{},\"sku\":\"1\",\"name\":\"a\",\"price\":1}", "externalId is neither text nor a number")]
    public async Task InvalidJsonRow_IsRefusedAlone(string row, string reason)
    {
        const string First = """{"sku":"0","name":"first","price":1}""";
        var catalogue = await Sample.JsonAsync($"{First}\n\n{row}\n{First.Replace("\"0\"", "\"9\"", StringComparison.Ordinal)}\n");

        var refusal = catalogue.Refusals().ShouldHaveSingleItem();
        refusal.Line.ShouldBe(3);
        refusal.Reason.ShouldStartWith(reason);
        catalogue.Items.Select(static item => item.Line).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public async Task RepeatedSku_IsRefused_AndCaseMatters()
    {
        var catalogue = await Sample.CsvAsync(Header + "a,one,1\nA,two,1\na,three,1\n");

        catalogue.Products().Select(static product => product.Name).ShouldBe(["one", "two"]);
        catalogue.Refusals().ShouldBe([(4, "SKU 'a' was on line 2")]);
    }

    [Fact]
    public async Task SkuOfTwoProducts_IsRefusedWithAllRowsOfTheSecond()
    {
        var catalogue = await Sample.CsvAsync("externalId,sku,name,price\nP,a,one,1\nQ,a,two,1\nQ,b,two,1\n");

        catalogue.Products().ShouldHaveSingleItem().ExternalId.ShouldBe("P");
        catalogue.Refusals().ShouldBe([(3, "SKU 'a' was on line 2"), (4, "line 3, of the same product, is refused")]);
    }

    [Fact]
    public async Task RowsOfOneExternalId_AreOneProduct_AlsoApart()
    {
        var catalogue = await Sample.CsvAsync(
            "externalId,sku,name,price,option.size,attribute.cloth\nP,p-s,Shirt,9.00,S,linen\nQ,q,Other,1.00,,\nP,p-m,,9.50,M,\n");

        var shirt = catalogue.Products()[0];
        (shirt.Name, shirt.Attributes.Texts()).ShouldBe(("Shirt", "cloth=linen"));
        shirt.Variants.Select(static variant => (variant.Sku, variant.Price!.Value.Amount, variant.Options.Texts()))
            .ShouldBe([("p-s", 900, "size=S"), ("p-m", 950, "size=M")]);
        catalogue.Items.OfType<CatalogueItem.Accepted>().Select(static item => (item.Line, item.Rows)).ShouldBe([(2, 2), (3, 1)]);
    }

    [Theory]
    [InlineData("P,p-m,Coat,9.00\n", "name differs from line 2, which is of the same product")]
    [InlineData("P,p-s,,9.00\n", "two variants have the SKU 'p-s'")]
    [InlineData("P,p-m,,nine\n", "price is not a number: 'nine'")]
    public async Task InvalidRowOfSeveral_RefusesTheProduct(string row, string reason)
    {
        var catalogue = await Sample.CsvAsync("externalId,sku,name,price\nP,p-s,Shirt,9.00\n" + row);

        catalogue.Products().ShouldBeEmpty();
        catalogue.Refusals().Select(static refusal => refusal.Reason).ShouldContain(reason, StringComparer.Ordinal);
        catalogue.Refusals().Length.ShouldBe(2);
    }

    [Fact]
    public async Task Sku_IsMadeFromTheProductAndItsOptions_AndStated()
    {
        const string File = "externalId,sku,name,price,option.size\nSHIRT,,Shirt,9.00,Extra large\n";

        var catalogue = await Sample.CsvAsync(File);

        catalogue.OneProduct().Variants[0].Sku.ShouldBe("SHIRT-Extra-large");
        catalogue.Notes.ShouldHaveSingleItem().Detail.ShouldBe("SHIRT-Extra-large");
        (await Sample.CsvAsync(File)).OneProduct().Variants[0].Sku.ShouldBe("SHIRT-Extra-large");
    }

    [Fact]
    public async Task LineNumbers_CountTheLinesOfQuotedFields()
    {
        var catalogue = await Sample.CsvAsync(Header + "1,\"two\nlines\",1\n,x,1\n");

        catalogue.Items.Select(static item => item.Line).ShouldBe([2, 4]);
    }

    [Theory]
    [InlineData("\uFEFFsku,name,price\r\n1,a,2\r\n")]
    [InlineData("sku,name,price\r1,a,2\r")]
    [InlineData("\n\nsku,name,price\n\n1,a,2\n\n,,\n")]
    [InlineData("sku,name,price,\n1,a,2,\n")]
    [InlineData("sku,name,price\n1,a,2,,\n")]
    [InlineData("sku;name;price\n1;a;2\n")]
    [InlineData("sku\tname\tprice\n1\ta\t2\n")]
    [InlineData("sku|name|price\n1|a|2\n")]
    [InlineData("sep=;\nsku;name;price\n1;a;2\n")]
    [InlineData("\"sku\",\"name\",\"price\"\n\"1\",\"a\",\"2\"\n")]
    [InlineData("=\"sku\",name,price\n=\"1\",a,2\n")]
    [InlineData("sku,name,price\n\"=\"\"1\"\"\",a,2\n")]
    [InlineData("sku,name,price,,\n1,a,2,,\n")]
    [InlineData("sku;name;price\n1;\"a\";2,00\n")]
    public async Task FormsOfOneFile_AreReadAlike(string text)
    {
        var catalogue = await Sample.CsvAsync(text);

        catalogue.Refusals().ShouldBeEmpty();
        var product = catalogue.OneProduct();
        (product.Name, product.Variants[0].Sku, product.Variants[0].Price).ShouldBe(("a", "1", new Money(200, "GBP")));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task ByteOrderMark_DecidesTheEncoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Header + "1,Größe 茶,2\n")];

        (await Sample.ReadAsync(bytes)).OneProduct().Name.ShouldBe("Größe 茶");
    }

    [Theory]
    [InlineData("sku,name,price,category,option.a,attribute.b\nx\u00E9,a,1,,,\n")]
    [InlineData("sku,name,price,category,option.a,attribute.b\nx,\u00E9,1,,,\n")]
    [InlineData("sku,name,price,category,option.a,attribute.b\nx,a,1,\u00E9,,\n")]
    [InlineData("sku,name,price,category,option.a,attribute.b\nx,a,1,,\u00E9,\n")]
    [InlineData("sku,name,price,category,option.a,attribute.b\nx,a,1,,,\u00E9\n")]
    public async Task TextOfAnotherEncoding_IsRefused_WhereverItStands(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);

        var refusal = await Should.ThrowAsync<ImportException>(() => Sample.ReadAsync(bytes));
        (refusal.Message, refusal.Option).ShouldBe(("line 2 is not UTF-8: give the encoding", "encoding windows-1252"));
        (await Sample.ReadAsync(bytes, settings: new() { Encoding = ImportEncoding.Find("windows-1252") })).Refusals().ShouldBeEmpty();
    }

    [Fact]
    public async Task TextOfAnotherEncoding_IsRefused_InJson()
    {
        var bytes = Encoding.Latin1.GetBytes("""{"sku":"1","name":"caf\u00E9"}""".Replace("\\u00E9", "é", StringComparison.Ordinal) + "\n{\"sku\":\"2\",\"name\":\"b\"}\n");

        (await Should.ThrowAsync<ImportException>(() => Sample.ReadAsync(bytes, CatalogueFormat.Ndjson))).Message.ShouldStartWith("line 1 is not UTF-8");
    }

    [Fact]
    public async Task TextOfAnotherEncoding_IsRefused_ThoughAMarkStatesTheEncoding()
    {
        byte[] bytes = [.. Encoding.UTF8.GetPreamble(), .. Encoding.Latin1.GetBytes("sku,name,price\n1,a,2\n2,caf\u00E9,2\n")];

        var refusal = await Should.ThrowAsync<ImportException>(() => Sample.ReadAsync(bytes));

        (refusal.Message, refusal.Option).ShouldBe(("line 3 is not UTF-8, which the byte order mark of the file states", null));
    }

    [Fact]
    public async Task LostCharacter_RefusesItsRow() =>
        (await Sample.CsvAsync("sku,name,price\n1,caf\uFFFD,2\n2,b,2\n")).Refusals().ShouldHaveSingleItem().Reason.ShouldContain("a character was lost before this import");

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 20, 0 })]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1 })]
    public async Task ExcelFile_IsRefused(byte[] bytes) =>
        (await Should.ThrowAsync<ImportException>(() => Sample.ReadAsync(bytes))).Message.ShouldBe("this is an Excel file: save it as CSV");

    [Theory]
    [InlineData("SKU;Name;Price;Option.Size\nA;Cup;1.00;S\n")]
    [InlineData("sku,Name,PRICE,OPTION.Size\nA,Cup,1.00,S\n")]
    public async Task OwnColumns_MayHaveAnyCase(string text)
    {
        var catalogue = await Sample.CsvAsync(text);

        var product = catalogue.OneProduct();
        (catalogue.Map, product.Name, product.Variants[0].Sku, product.Variants[0].Price, product.Variants[0].Options.Texts())
            .ShouldBe(("own", "Cup", "A", new Money(100, "GBP"), "Size=S"));
    }

    [Fact]
    public async Task OwnColumnInAnotherCase_IsAnotherColumn_BesideTheOwn() =>
        (await Should.ThrowAsync<ImportException>(() => Sample.CsvAsync("sku,name,price,Name\n1,a,2,b\n"))).Message.ShouldContain("does not know the columns Name");

    [Theory]
    [InlineData("sku,name,price\n1,a,2\n", true)]
    [InlineData("sku,name,price,currency\n1,a,2,EUR\n2,b,3,\n", true)]
    [InlineData("sku,name,price,currency\n1,a,2,EUR\n", false)]
    [InlineData("sku,name,price\n1,a,£2\n", false)]
    [InlineData("sku,name\n1,a\n", false)]
    [InlineData("StockCode,Kind,ModalPriceMinor,Description\n1,product,200,a\n", true)]
    public async Task AssumedCurrency_IsStated(string text, bool isAssumed) => (await Sample.CsvAsync(text)).AssumesCurrency.ShouldBe(isAssumed);

    [Fact]
    public async Task Product_KnowsItsLines() =>
        (await Sample.CsvAsync("externalId,sku,name,price\nP,1,a,2\nQ,2,b,2\nP,3,a,2\n")).Items.OfType<CatalogueItem.Accepted>()
            .Select(static item => string.Join(' ', item.Lines)).ShouldBe(["2 4", "3"]);

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n\n", "the file is empty")]
    [InlineData("sku,name,price\n", "the file has a header and no rows")]
    [InlineData("sku,name,price\n,,\n\n", "the file has a header and no rows")]
    [InlineData("a,b\n1,2\n", "no map reads the columns a, b")]
    [InlineData("sku,name,name,price\n1,a,b,2\n", "line 1: two columns have the name 'name'")]
    [InlineData("sku,name,price,qty,Bin\n1,a,2,3,4\n", "the map 'own' does not know the columns qty, Bin")]
    [InlineData("sku,name,price,\n1,a,2,lost\n", "the map 'own' does not know the columns column 4 (without a name)")]
    [InlineData("sku,name,price\n1,a,7.99\n2,b,\"7,99\"\n", "the numbers have two notations: '7.99' on line 2, '7,99' on line 3")]
    [InlineData("sku,name,price,stock\n1,a,8,1.000\n", "line 2: '1.000' has two readings")]
    [InlineData("s\0k\0u\0", "the file has NUL characters: is it UTF-16?")]
    [InlineData("a,\"b\nc\",d\n1,2,3\n", "no map reads the columns a, b c, d; at least")]
    public async Task File_IsRefusedAsAWhole(string text, string reason) =>
        (await Should.ThrowAsync<ImportException>(() => Sample.CsvAsync(text))).Message.ShouldStartWith(reason);

    // A record of more than 1 MiB cannot be told from an open quotation mark: the rows after it have no known start.
    [Theory]
    [InlineData(Header + "1,\"open,2\n", "3,c,3\n", "line 2: ")]
    [InlineData(Header + "1,a,2\n2,b,2\n3,", "x", "line 4: ")]
    [InlineData("sku,name,\"price\n", "1,a,2\n", "line 1: ")]
    [InlineData("", "x", "line 1: ")]
    public async Task RecordOfMoreThanOneMebibyte_RefusesTheFile(string start, string repeated, string line)
    {
        var text = start + string.Concat(Enumerable.Repeat(repeated, 3 * 1024 * 1024 / repeated.Length));

        (await Should.ThrowAsync<ImportException>(() => Sample.CsvAsync(text))).Message.ShouldBe(line + "a quotation mark is not closed, or the row is longer than 1 MiB");
    }

    [Fact]
    public async Task JsonLineOfMoreThanOneMebibyte_IsRefusedAlone()
    {
        var catalogue = await Sample.JsonAsync($$"""
            {"sku":"1","name":"{{new string('x', 1024 * 1024)}}","price":1}
            {"sku":"2","name":"b","price":1}
            """);

        catalogue.Refusals().ShouldBe([(1, "the line is longer than 1 MiB")]);
        catalogue.Products().ShouldHaveSingleItem().Name.ShouldBe("b");
    }

    [Theory]
    [InlineData(1001, "line 1: the header has 1,001 columns, and the limit is 1,000")]
    [InlineData(1_000_000, "line 1: the header has 1,000,000 columns, and the limit is 1,000")]
    public async Task HeaderOfMoreThan1000Columns_RefusesTheFile(int columns, string reason) =>
        (await Should.ThrowAsync<ImportException>(() => Sample.CsvAsync($"sku,name,price{new string(',', columns - 3)}\n1,a,2\n"))).Message.ShouldBe(reason);

    [Fact]
    public async Task HeaderOf1000Columns_IsRead()
    {
        var names = string.Concat(Enumerable.Range(4, 997).Select(static i => $",attribute.{i}"));

        var catalogue = await Sample.CsvAsync($"sku,name,price{names}\n1,a,2{new string(',', 996)},last\n");

        catalogue.OneProduct().Attributes.Texts().ShouldBe("1000=last");
    }

    // The memory of a row is that of its values: a file may have a thousand columns of empty cells.
    [Theory]
    [InlineData(false, "sku name")]
    [InlineData(true, "sku name description price")]
    public void EmptyCell_IsKept_OnlyIfItClears(bool clears, string names)
    {
        var file = CsvSource.Read("sku,name,description,price\n1,a,,=\"\"\n", new ReadingContext(new() { ClearEmpty = clears }));

        string.Join(' ', file.Rows.ShouldHaveSingleItem().Names).ShouldBe(names);
        file.Columns.ShouldBe(["sku", "name", "description", "price"]);
    }

    [Fact]
    public async Task TwoOptionsOfOneName_RefuseTheProduct()
    {
        var catalogue = await Sample.CsvAsync(
            "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price\nh,Hat,Size,S,Size,M,s,1.00\ni,Cap,Size,S,,,c,1.00\n");

        catalogue.Refusals().ShouldBe([(2, "two options have the name 'Size'")]);
        catalogue.Products().ShouldHaveSingleItem().Name.ShouldBe("Cap");
    }

    [Fact]
    public void EncodingThatTheRuntimeRefuses_IsUnknown() => ImportEncoding.Find("utf-7").ShouldBeNull();

    [Fact]
    public async Task JsonMemberThatNoMapKnows_RefusesTheFile()
    {
        const string File = """
            {"sku":"1","name":"a","price":1}
            {"sku":"2","name":"b","price":1,"qty":5}
            """;

        (await Should.ThrowAsync<ImportException>(() => Sample.JsonAsync(File))).Message.ShouldBe("the map 'own' does not know the columns qty");
        (await Sample.JsonAsync(File, new() { IgnoreColumns = true })).LeftOutColumns.ShouldBe(["qty"]);
    }

    [Fact]
    public async Task RepeatedColumnThatIsIgnored_DoesNoHarm() =>
        (await Sample.CsvAsync("sku,name,price,note,note\n1,a,2,x,y\n", new() { IgnoreColumns = true })).OneProduct().Name.ShouldBe("a");

    [Theory]
    [InlineData("JPY", "500", 500)]
    [InlineData("JPY", "1.500", 1500)]
    [InlineData("KWD", "1.234", 1234)]
    [InlineData("GBP", "12.3", 1230)]
    [InlineData("GBP", "£12.30", 1230)]
    [InlineData("GBP", "\"1,290.00\"", 129_000)]
    [InlineData("EUR", "\"1.290,00\"", 129_000)]
    [InlineData("EUR", "\"7,99 €\"", 799)]
    [InlineData("EUR", "\"1 290,00\"", 129_000)]
    [InlineData("EUR", "EUR 5", 500)]
    [InlineData("CHF", "1'290.00", 129_000)]
    public async Task Price_IsInMinorUnits_ByTheExponentOfItsCurrency(string currency, string price, long minor)
    {
        var catalogue = await Sample.CsvAsync($"sku,name,price,currency\n1,a,{price},{currency}\n");

        catalogue.OneProduct().Variants[0].Price.ShouldBe(new(minor, currency));
    }

    [Theory]
    [InlineData("1.290\n7,99\n", "129000 799")]
    [InlineData("\"1,290\"\n7.99\n", "129000 799")]
    [InlineData("1.290\n0.99\n", "129 99")]
    [InlineData("1.290\n1.290.000\n", "129000 129000000")]
    public async Task Notation_IsJudgedFromTheWholeFile(string prices, string minor)
    {
        var rows = prices.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static (price, i) => $"{i};a;{price}\n");

        var catalogue = await Sample.CsvAsync("sku;name;price\n" + string.Concat(rows));

        string.Join(' ', catalogue.Products().Select(static product => product.Variants[0].Price!.Value.Amount)).ShouldBe(minor);
    }

    [Theory]
    [InlineData("1,,3.00,\n", false, null, null)]
    [InlineData("1,,3.00,\n", true, "", "")]
    public async Task EmptyCell_SaysNothing_UnlessItClears(string row, bool clears, string? description, string? material)
    {
        var catalogue = await Sample.CsvAsync("sku,description,price,attribute.material\n" + row, new() { ClearEmpty = clears });

        var product = catalogue.OneProduct();
        product.Description.ShouldBe(description);
        product.Attributes.GetValueOrDefault("material").ShouldBe(material);
    }

    [Fact]
    public async Task CellOf100_000Characters_IsRead()
    {
        var catalogue = await Sample.CsvAsync($"sku,name,price,description\n1,a,2,\"{new string('x', 100_000)}\"\n2,b,2,\n");

        catalogue.Products().Select(static product => product.Description?.Length).ShouldBe([100_000, null]);
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('1')]
    [InlineData('€')]
    public async Task NumberOf100_000Characters_IsRefused_WithAShortReason(char filling)
    {
        var catalogue = await Sample.CsvAsync($"sku,name,price\n1,a,1{new string(filling, 100_000)}1\n2,b,2\n");

        catalogue.Products().ShouldHaveSingleItem().Name.ShouldBe("b");
        catalogue.Refusals().ShouldHaveSingleItem().Reason.Length.ShouldBeLessThan(80);
    }

    [Fact]
    public async Task OpenQuotationMark_RefusesItsRow()
    {
        var catalogue = await Sample.CsvAsync(Header + "1,a,2\n2,\"b,2\n3,c,2\n");

        catalogue.Products().ShouldHaveSingleItem().Name.ShouldBe("a");
        catalogue.Refusals().ShouldBe([(3, "a quotation mark is never closed: the rest of the file belongs to this row")]);
    }
}
