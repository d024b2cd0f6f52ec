namespace ActorShop.Import;

/// <summary>What is known about a file while its rows are read.</summary>
internal sealed class ReadingContext(ImportSettings settings)
{
    private readonly List<CatalogueItem> _aside = [];
    private readonly List<Note> _notes = [];

    public ImportSettings Settings => settings;

    public DecimalMark DecimalMark { get; set; }

    public bool HasGuardedFormulas { get; set; }

    /// <summary>Changes the names of columns.</summary>
    public Func<string, string> NameOf { get; init; } = static name => name;

    /// <summary>Whether a price has the currency of the settings, since neither the price nor its row names one.</summary>
    public bool AssumesCurrency { get; set; }

    /// <summary>Rows that no product is made of.</summary>
    public IReadOnlyList<CatalogueItem> Aside => _aside;

    public IReadOnlyList<Note> Notes => _notes;

    public void Refuse(int line, string reason) => _aside.Add(new CatalogueItem.Refused(line, ShortText.Message(reason, RowException.MaxReason)));

    public void LeaveOut(SourceRow row, string reason) => _aside.Add(new CatalogueItem.LeftOut(row.Line, reason));

    public void Note(SourceRow row, string text, string detail = "") => _notes.Add(new Note(row.Line, text, detail));

    /// <summary>Drops the notes about rows that are refused.</summary>
    public void DropNotes(IReadOnlySet<int> lines) => _notes.RemoveAll(note => lines.Contains(note.Line));
}
