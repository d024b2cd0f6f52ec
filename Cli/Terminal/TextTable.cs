namespace ActorShop.Cli.Terminal;

/// <summary>A table of figures, as plain text for people and as Markdown for reports. The first column is a name, the others are aligned to the right.</summary>
internal sealed record TextTable(string Title, params string[] Header)
{
    private readonly List<string[]> _rows = [];

    public IReadOnlyList<string[]> Rows => _rows;

    public void Add(params string[] cells) =>
        _rows.Add(cells.Length == Header.Length ? cells : throw new ArgumentException($"{Header.Length} cells are due.", nameof(cells)));

    public string ToText()
    {
        var widths = Header.Select((name, i) => _rows.Select(row => row[i].Length).Append(name.Length).Max()).ToArray();
        var text = new StringBuilder().AppendLine(Title);
        foreach (var row in _rows.Prepend(Header))
        {
            var cells = row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append("  ").AppendLine(string.Join("  ", cells).TrimEnd());
        }

        return text.ToString();
    }

    // Not by Spectre.Console: it pads every cell to the widest of its column, which makes reports long and their changes hard to read.
    public string ToMarkdown()
    {
        var rule = Header.Select(static (_, i) => i == 0 ? "---" : "---:").ToArray();
        return $"## {Title}\n\n" + string.Concat(_rows.Prepend(rule).Prepend(Header)
            .Select(static row => $"| {string.Join(" | ", row.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n"));
    }
}
