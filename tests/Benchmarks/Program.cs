using System.Globalization;
using ActorShop.Benchmarks.Storage;

// What a database takes: dotnet run -c Release --project tests/Benchmarks storage <grains>
// or … postgres <grains> <writes per round trip> <writers>
// or … search <products> | postgres-search <products>
var figures = args.Skip(1).Select(static figure => int.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
switch (args.FirstOrDefault(), figures)
{
    case ("storage", [var grains]):
        await WriteBenchmark.SqliteAsync(grains);
        return 0;
    case ("postgres", [var grains, var batch, var writers]):
        await WriteBenchmark.PostgresAsync(grains, batch, writers);
        return 0;
    case ("search", [var products]):
        await SearchBenchmark.SqliteAsync(products);
        return 0;
    case ("postgres-search", [var products]):
        await SearchBenchmark.PostgresAsync(products);
        return 0;
    default:
        await Console.Error.WriteLineAsync(
            "usage: storage <grains> | postgres <grains> <writes per round trip> <writers> | search <products> | postgres-search <products>");
        return 2;
}
