using System.Text;
using System.Text.Json;
using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Replays;

/// <summary>The outcome of a replay, for people, for a repository and for programs.</summary>
/// <param name="Summary">A line about how it went.</param>
/// <param name="Tables">The figures.</param>
/// <param name="Differences">What nothing explains.</param>
/// <param name="Refusals">The first refusals, in the shop's words.</param>
internal sealed record ReplayReport(
    string Summary, IReadOnlyList<TextTable> Tables, IReadOnlyList<string> Differences, IReadOnlyCollection<string> Refusals)
{
    private const int Shown = 50;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes it, as JSON or Markdown by the name of the file.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        path, Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? ToJson() : ToMarkdown(), cancellationToken);

    /// <summary>For a terminal.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var table in Tables)
        {
            text.AppendLine(table.ToText());
        }

        AppendList(text, "The first refusals:", Refusals);
        AppendList(text, Differences.Count == 0 ? "No differences." : $"{Differences.Count} differences:", Differences);
        return text.AppendLine(Summary).ToString();
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder().AppendLine("# Replay").AppendLine().AppendLine(Summary).AppendLine();
        foreach (var table in Tables)
        {
            text.AppendLine(table.ToMarkdown());
        }

        text.AppendLine("## Differences").AppendLine().AppendLine(Differences.Count == 0 ? "None." : string.Empty);
        foreach (var difference in Differences)
        {
            text.Append("- ").AppendLine(difference);
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private string ToJson() => JsonSerializer.Serialize(
        new
        {
            Summary,
            Tables = Tables.Select(static table => new { table.Title, table.Header, table.Rows }),
            Differences,
            Refusals,
        },
        Indented) + "\n";

    private static void AppendList(StringBuilder text, string title, IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0 && title.EndsWith(':'))
        {
            return;
        }

        text.AppendLine(title);
        foreach (var line in lines.Take(Shown))
        {
            text.Append("  ").AppendLine(line);
        }

        if (lines.Count > Shown)
        {
            text.Append("  … and ").Append(lines.Count - Shown).AppendLine(" more");
        }
    }
}
