using System.Globalization;
using ActorShop.Benchmarks.Http;
using ActorShop.Benchmarks.Storage;

// What a database takes: dotnet run -c Release --project tests/Benchmarks storage <grains>
// or … postgres <grains> <writes per round trip> <writers>
// or … search <products> | postgres-search <products>
// What reads.sh needs: fill <products> <connection string> | searches <count> | kestrel <url> <bytes>
switch (args)
{
    case ["storage", var grains]:
        await WriteBenchmark.SqliteAsync(Number(grains));
        return 0;
    case ["postgres", var grains, var batch, var writers]:
        await WriteBenchmark.PostgresAsync(Number(grains), Number(batch), Number(writers));
        return 0;
    case ["search", var products]:
        await SearchBenchmark.SqliteAsync(Number(products));
        return 0;
    case ["postgres-search", var products]:
        await SearchBenchmark.PostgresAsync(Number(products));
        return 0;
    case ["fill", var products, var connectionString]:
        await SearchBenchmark.FillAsync(Number(products), connectionString);
        return 0;
    case ["searches", var count]:
        foreach (var words in SearchBenchmark.DrawSearches(Number(count)))
        {
            Console.WriteLine($"/v1/products?query={Uri.EscapeDataString(words)}");
        }

        return 0;
    case ["kestrel", var url, var bytes]:
        await BareKestrel.RunAsync(url, Number(bytes));
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            "usage: storage <grains> | postgres <grains> <writes per round trip> <writers> | search <products> | postgres-search <products>"
            + " | fill <products> <connection string> | searches <count> | kestrel <url> <bytes>");
        return 2;
}

static int Number(string figure) => int.Parse(figure, CultureInfo.InvariantCulture);
