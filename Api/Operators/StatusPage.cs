using System.Globalization;
using System.Net;

namespace ActorShop.Api.Operators;

/// <summary>The operators' page: what a glance should tell. Plain HTML, made on the server, refreshed by the browser.</summary>
internal static class StatusPage
{
    private const double Megabyte = 1024 * 1024;

    public static string Render(HealthDetailsResponse health) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="5">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>ActorShop: {{Text(health.Status)}}</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24; background: #fff; }
        h1 { font-size: 1.4rem; } h1 span { padding: .1rem .6rem; border-radius: 1rem; font-size: 1rem; color: #fff; background: #b42318; }
        h1 span.ready { background: #067647; }
        h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
        table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: normal; width: 55%; }
        th, td { padding: .25rem 0; border-bottom: 1px solid #d0d7de; } td { font-variant-numeric: tabular-nums; }
        .bad { color: #b42318; font-weight: 600; }
        @media (prefers-color-scheme: dark) { body { color: #e6edf3; background: #0d1117; } th, td { border-color: #30363d; } }
        </style>
        </head>
        <body>
        <h1>ActorShop <span class="{{Text(health.Status)}}">{{Text(health.Status)}}</span></h1>
        <h2>The shop</h2>
        <table>
        {{Row("Sagas that have not ended", Count(health.OpenSagas))}}
        {{Row("Messages not delivered", Count(health.Outbox))}}
        {{Row("Events the read model is behind", health.ProjectionLagEvents is { } lag ? Number(lag) : Unknown)}}
        {{Row("Sum of all accounts", Sums(health.LedgerSums))}}
        </table>
        <h2>The process</h2>
        <table>
        {{Row("Version", Text(health.Version))}}
        {{Row("Orleans", Text(health.Orleans))}}
        {{Row(".NET", Text(health.Framework))}}
        {{Row("Machine, process", $"{Text(health.Machine)}, {health.Process.ToString(CultureInfo.InvariantCulture)}")}}
        {{Row("Up for", Text(TimeSpan.FromSeconds(health.UptimeSeconds).ToString("c", CultureInfo.InvariantCulture)))}}
        {{Row("Working set", Megabytes(health.Memory.WorkingSetBytes))}}
        {{Row("Managed memory", Megabytes(health.Memory.ManagedBytes))}}
        {{Row("Collections of generation 0, 1, 2", $"{Number(health.Memory.Collections0)}, {Number(health.Memory.Collections1)}, {Number(health.Memory.Collections2)}")}}
        {{Row("Paused by them", Number((long)health.Memory.PausedMilliseconds) + " ms")}}
        {{Row("Threads, work that waits", $"{Number(health.Threads)}, {Number(health.QueuedWork)}")}}
        </table>
        <p><a href="health/details">The same as JSON</a></p>
        </body>
        </html>
        """;

    private const string Unknown = "<span class=\"bad\">nobody knows</span>";

    private static string Row(string name, string value) => $"<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(CountResponse? count) => count is null ? Unknown : Number(count.Count) + (count.OrMore ? " or more" : string.Empty);

    private static string Megabytes(long bytes) => (bytes / Megabyte).ToString("N1", CultureInfo.InvariantCulture) + " MB";

    private static string Sums(IReadOnlyDictionary<string, long>? sums) => sums switch
    {
        null => Unknown,
        { Count: 0 } => "0",
        _ => string.Join(", ", sums.Select(static sum =>
            $"<span class=\"{(sum.Value == 0 ? "good" : "bad")}\">{Number(sum.Value)} {Text(sum.Key)}</span>")),
    };
}
