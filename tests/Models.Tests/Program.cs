using System.Globalization;
using ActorShop.Models.Checkout;
using ActorShop.Models.Search;

// The models at their full bounds, and the traces of the shortcuts. docs/MODELS.md has the commands.
switch (args)
{
    case ["search"] or ["search", "deep"]:
        var found = 0;
        foreach (var bounds in args.Length == 1 ? Bounds.Full : Bounds.Deep)
        {
            var start = TimeProvider.System.GetTimestamp();
            var result = Searcher.Run(new CheckoutModel(bounds));
            found += result.Broken is null ? 0 : 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(start).TotalSeconds,6:F1} s  {bounds.Name,-50} {result}"));
        }

        return found == 0 ? 0 : 1;

    case ["shortcuts"]:
        foreach (var finding in Finding.All)
        {
            Console.WriteLine($"{finding.Shortcut}: {finding.Words} ({finding.Bounds.Name})\n{finding.Search()}\n");
        }

        return Finding.All.Any(static finding => finding.Search().Broken is null) ? 1 : 0;

    default:
        await Console.Error.WriteLineAsync("Usage: search [deep] | shortcuts");
        return 2;
}
