using System.Text;

namespace ActorShop.Cli.Terminal;

/// <summary>Figures in columns, as plain text for people and as Markdown for reports.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Header">The columns: the first is a name, the others are figures and stand to the right.</param>
internal sealed record TextTable(string Title, params string[] Header)
{
    private readonly List<string[]> _rows = [];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<string[]> Rows => _rows;

    /// <summary>Adds a row of as many cells as the header has.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != Header.Length)
        {
            throw new ArgumentException($"{Header.Length} cells are due.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <summary>The table in columns of equal width.</summary>
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

    /// <summary>The table in Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder().AppendLine($"## {Title}").AppendLine();
        AddLine(Header);
        text.AppendLine($"|{string.Join('|', Header.Select(static (_, i) => i == 0 ? " --- " : " ---: "))}|");
        foreach (var row in _rows)
        {
            AddLine(row);
        }

        return text.ToString();

        void AddLine(string[] cells) =>
            text.AppendLine($"| {string.Join(" | ", cells.Select(static cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
    }
}
