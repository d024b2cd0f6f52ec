using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Journals;

/// <summary>The file from which a stopped command resumes: one JSON object a line, written when a step is done.</summary>
/// <remarks>
/// The first line says what the work was; a journal of other work is refused. A step that was in progress when the process died is
/// missing and is repeated under the same key, which the shop answers without doing it twice. A last line that was cut off is
/// dropped. Lines reach the operating system before <see cref="Append"/> returns: they survive the process, not a power cut, and a
/// lost line costs only a repetition. Safe from any thread.
/// </remarks>
internal sealed class Journal<TEntry> : IDisposable
    where TEntry : class
{
    // A journal is a file like others: it may lack members.
    private static readonly JsonSerializerOptions Strict = new(ShopClient.Json) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    private readonly Lock _lock = new();
    private readonly FileStream? _file;

    private Journal(FileStream? file, IReadOnlyList<TEntry> entries) => (_file, Entries) = (file, entries);

    public IReadOnlyList<TEntry> Entries { get; }

    /// <summary>Opens the journal of a piece of work, or creates it.</summary>
    /// <exception cref="ToolException">The file is not a journal, or is one of other work.</exception>
    public static Journal<TEntry> Open(string? path, JournalHeader work)
    {
        if (path is null)
        {
            return new Journal<TEntry>(null, []);
        }

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        try
        {
            return new Journal<TEntry>(file, Recover(file, path, work));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(TEntry entry)
    {
        if (_file is null)
        {
            return;
        }

        var line = Line(entry);
        lock (_lock)
        {
            _file.Write(line);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static List<TEntry> Recover(FileStream file, string path, JournalHeader work)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var entries = whole > 0 ? Read(bytes.AsSpan(0, whole), path, work)
            : Line(work).AsSpan().StartsWith(bytes) ? []
            : throw new ToolException(ExitCode.BadInput, $"{path} is not a journal");

        // Only a journal of this work is changed.
        file.SetLength(whole);
        file.Position = whole;
        if (whole == 0)
        {
            file.Write(Line(work));
        }

        return entries;
    }

    private static List<TEntry> Read(ReadOnlySpan<byte> bytes, string path, JournalHeader work)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var entries = new List<TEntry>(lines.Length);
        var line = 0;
        try
        {
            var found = Parse<JournalHeader>(lines.ElementAtOrDefault(line++));
            if (found with { Digest = null } != work with { Digest = null })
            {
                throw new ToolException(
                    ExitCode.BadInput, $"{path} is the journal of other work: {found.Work} of {found.Input} at {found.Server}");
            }

            // An older journal has no digest.
            if (found.Digest is { } before && work.Digest is { } now && !string.Equals(before, now, StringComparison.Ordinal))
            {
                throw new ToolException(ExitCode.BadInput, $"{path} is the journal of another file with the name {work.Input}, or the file has changed");
            }

            while (line < lines.Length)
            {
                entries.Add(Parse<TEntry>(lines[line++]));
            }
        }
        catch (JsonException exception)
        {
            throw new ToolException(ExitCode.BadInput, $"{path} is not a journal: line {line} cannot be read", exception);
        }

        return entries;
    }

    private static T Parse<T>(string? line)
        where T : class => JsonSerializer.Deserialize<T>(line ?? "null", Strict) ?? throw new JsonException("null");

    private static byte[] Line<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, ShopClient.Json), (byte)'\n'];
}
