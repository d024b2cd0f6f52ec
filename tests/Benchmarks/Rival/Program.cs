using System.Globalization;
using ActorShop.Rival;

// What the shop is measured against: dotnet run -c Release --project tests/Benchmarks/Rival <connection string> [url] [SKUs] [units of each]
if (args is not [var connectionString, .. var rest])
{
    await Console.Error.WriteLineAsync("usage: <connection string> [url] [SKUs] [units of each]");
    return 2;
}

int Number(int index, int otherwise) => rest.Length > index ? int.Parse(rest[index], CultureInfo.InvariantCulture) : otherwise;
await using var shop = await RivalShop.BuildAsync(
    connectionString, rest.Length > 0 ? rest[0] : "http://127.0.0.1:18090", Number(1, 10_000), Number(2, 1_000_000));
await shop.RunAsync();
return 0;
