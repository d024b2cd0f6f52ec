using System.Text;
using System.Text.Json;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Journals;

/// <summary>The file from which a stopped command goes on: one JSON object a line, written when something is known to be done.</summary>
/// <remarks>
/// The first line says what the work was; a journal of other work is refused. What was under way when the process died is not in
/// it and is done again under the same keys, which the shop answers without doing it twice. A last line that was cut off is dropped.
/// Lines reach the operating system before <see cref="Append"/> returns: they outlive the process, not a power cut, and a lost line
/// costs a repetition only. Safe from any thread.
/// </remarks>
/// <typeparam name="TEntry">What is written of a finished step.</typeparam>
internal sealed class Journal<TEntry> : IDisposable
    where TEntry : class
{
    private readonly Lock _lock = new();
    private readonly FileStream? _file;

    private Journal(FileStream? file, IReadOnlyList<TEntry> entries)
    {
        _file = file;
        Entries = entries;
    }

    /// <summary>What was done before.</summary>
    public IReadOnlyList<TEntry> Entries { get; }

    /// <summary>Opens the journal of a piece of work, or begins it.</summary>
    /// <param name="path">The file; null for a journal that is not kept.</param>
    /// <param name="work">What the work is, the same at each run.</param>
    /// <exception cref="ToolException">The file is no journal, or one of other work.</exception>
    public static Journal<TEntry> Open(string? path, JournalHeader work)
    {
        if (path is null)
        {
            return new Journal<TEntry>(null, []);
        }

        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        try
        {
            var entries = Recover(file, path, work);
            return new Journal<TEntry>(file, entries);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes that something is done.</summary>
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
        file.SetLength(whole);
        file.Position = whole;
        if (whole == 0)
        {
            file.Write(Line(work));
            return [];
        }

        var lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var entries = new List<TEntry>(lines.Length);
        try
        {
            var found = JsonSerializer.Deserialize<JournalHeader>(lines[0], ShopClient.Json);
            if (found != work)
            {
                throw new ToolException(
                    ExitCode.BadInput, $"{path} is the journal of other work: {found?.Work} of {found?.Input} at {found?.Server}");
            }

            foreach (var line in lines.AsSpan(1))
            {
                entries.Add(JsonSerializer.Deserialize<TEntry>(line, ShopClient.Json)!);
            }
        }
        catch (JsonException exception)
        {
            throw new ToolException(ExitCode.BadInput, $"{path} is not a journal: line {entries.Count + 1} cannot be read", exception);
        }

        return entries;
    }

    private static byte[] Line<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, ShopClient.Json), (byte)'\n'];
}

/// <summary>What a piece of work is.</summary>
/// <param name="Work">The command.</param>
/// <param name="Input">The input: its name without folder.</param>
/// <param name="Server">The shop.</param>
internal sealed record JournalHeader(string Work, string Input, string Server);
