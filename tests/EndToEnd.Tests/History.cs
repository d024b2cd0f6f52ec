using System.Globalization;
using System.Text;

namespace ActorShop.EndToEnd;

/// <summary>A merchant's history from a seed: orders, cancellations, adjustments and bad debt of a few products, so that they compete for stock.</summary>
/// <remarks>In the format of <c>replay</c>. The opening stock covers all orders, so nothing is refused.</remarks>
internal static class History
{
    private const int Products = 24;

    /// <summary>Writes <c>catalogue.csv</c> and <c>events.jsonl</c> into a folder.</summary>
    public static void Write(string folder, int events, int seed)
    {
        var random = new Random(seed);
        var demand = new int[Products];
        var (lines, placed) = (new StringBuilder(), new List<(string Invoice, int Sku, int Quantity, int Pence)>());
        var at = new DateTime(2011, 1, 3, 9, 0, 0, DateTimeKind.Utc);
        for (var number = 1; number <= events; number++)
        {
            at = at.AddMinutes(random.Next(240));
            var (kind, invoice, items) = random.Next(20) switch
            {
                0 when placed.Count > 0 => ("cancellation", $"C{number}", Cancelled(random, placed)),
                1 => ("cancellation", $"C{number}", Line(random.Next(Products), -1, random.Next(1, 500), order: null)),
                2 => ("stock_adjustment", $"{number}", Line(random.Next(Products), -random.Next(1, 9), 0, order: null)),
                3 when number % 5 == 0 => ("bad_debt", $"A{number}", Line(random.Next(Products), 1, -random.Next(1, 9_999), order: null)),
                _ => ("order", $"{number}", Ordered(random, $"{number}", demand, placed)),
            };
            lines.AppendLine(CultureInfo.InvariantCulture,
                $$"""{"seq":{{number}},"kind":"{{kind}}","invoice":"{{invoice}}","at":"{{at:s}}","customer":"{{random.Next(99)}}","lines":[{{items}}]}""");
        }

        File.WriteAllText(Path.Combine(folder, "events.jsonl"), lines.ToString());
        File.WriteAllLines(
            Path.Combine(folder, "catalogue.csv"),
            ["sku,name,price,currency,stock", .. demand.Select(static (units, sku) => string.Create(CultureInfo.InvariantCulture, $"{Sku(sku)},Product {sku},1.00,GBP,{units}"))]);
    }

    private static string Sku(int number) => string.Create(CultureInfo.InvariantCulture, $"HIST-{number}");

    private static string Ordered(Random random, string invoice, int[] demand, List<(string Invoice, int Sku, int Quantity, int Pence)> placed)
    {
        var items = new List<string>();
        foreach (var sku in Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(Products)).Distinct())
        {
            var (quantity, pence) = (random.Next(1, 12), random.Next(1, 999));
            demand[sku] += quantity;
            placed.Add((invoice, sku, quantity, pence));
            items.Add(Line(sku, quantity, pence, order: null));
        }

        return string.Join(',', items);
    }

    // Each line is returned at most once, sometimes for more than was paid.
    private static string Cancelled(Random random, List<(string Invoice, int Sku, int Quantity, int Pence)> placed)
    {
        var picked = random.Next(placed.Count);
        var (invoice, sku, quantity, pence) = placed[picked];
        placed.RemoveAt(picked);
        return Line(sku, -random.Next(1, quantity + 1), pence + (random.Next(8) == 0 ? 50 : 0), invoice);
    }

    private static string Line(int sku, int quantity, int pence, string? order)
    {
        var reference = order is null ? string.Empty : $",\"ref\":\"{order}\"";
        return string.Create(CultureInfo.InvariantCulture, $$"""{"sku":"{{Sku(sku)}}","qty":{{quantity}},"price":"{{pence / 100m}}"{{reference}}}""");
    }
}
