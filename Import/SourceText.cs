namespace ActorShop.Import;

/// <summary>The text of a file.</summary>
internal static class SourceText
{
    /// <summary>Stands where bytes are no text.</summary>
    public const char Damage = '\uFFFD';

    /// <summary>The longest record, in bytes of CSV or characters of JSON: more than a valid one has, and little memory.</summary>
    public const int MaxRecord = 1024 * 1024;

    private const int MaxBytes = 256 * 1024 * 1024;

    private static readonly Encoding[] WithMark =
        [Encoding.UTF8, new UTF32Encoding(bigEndian: false, byteOrderMark: true), Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>Reads all text. A byte order mark decides the encoding.</summary>
    /// <exception cref="ImportException">The file is too large, empty, or of another encoding.</exception>
    public static async Task<string> ReadAsync(Stream input, Encoding? encoding, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        var block = new byte[64 * 1024];
        while (await input.ReadAsync(block, cancellationToken) is > 0 and var read)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw new ImportException($"the file has more than {MaxBytes / (1024 * 1024)} MiB: split it");
            }

            buffer.Write(block, 0, read);
        }

        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        var marked = Array.Find(WithMark, known => bytes.Span.StartsWith(known.Preamble));
        var text = (marked ?? encoding ?? Encoding.UTF8).GetString(bytes.Span[(marked?.Preamble.Length ?? 0)..]);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ImportException("the file is empty");
        }

        return text.Contains('\0', StringComparison.Ordinal)
            ? throw new ImportException("the file has NUL characters: is it UTF-16?", "encoding utf-16")
            : text;
    }

    /// <summary>The reason to refuse a text whose bytes were not in its encoding.</summary>
    public static string Reason(ImportSettings settings) => $"the text is not {(settings.Encoding ?? Encoding.UTF8).WebName.ToUpperInvariant()}";
}
