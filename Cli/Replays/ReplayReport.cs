using ActorShop.Cli.Terminal;

namespace ActorShop.Cli.Replays;

internal sealed record ReplayReport(
    string Summary, IReadOnlyList<TextTable> Tables, IReadOnlyList<string> Differences, IReadOnlyCollection<string> Refusals)
{
    private const int Shown = 50;

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes JSON to a file named <c>.json</c>, else Markdown.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        path, Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) ? ToJson() : ToMarkdown(), cancellationToken);

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var table in Tables)
        {
            text.AppendLine(table.ToText());
        }

        if (Refusals.Count > 0)
        {
            AppendList(text, "The first refusals:", Refusals);
        }

        AppendList(text, Differences.Count == 0 ? "No differences." : $"{Differences.Count} differences:", Differences);
        return text.AppendLine(Summary).ToString();
    }

    private string ToMarkdown() => string.Join(
        '\n',
        [
            "# Replay\n", $"{Summary}\n", .. Tables.Select(static table => table.ToMarkdown()), "## Differences\n",
            .. Differences.Count == 0 ? ["None."] : Differences.Select(static difference => $"- {difference}"),
        ]) + "\n";

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
