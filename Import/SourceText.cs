namespace ActorShop.Import;

/// <summary>The text of a file.</summary>
internal static class SourceText
{
    /// <summary>Stands where another program lost a character.</summary>
    public const char Damage = '\uFFFD';

    /// <summary>The longest record, in bytes of CSV or characters of JSON: more than a valid one has, and little memory.</summary>
    public const int MaxRecord = 1024 * 1024;

    public const string DamageReason = "a character was lost before this import: the text has U+FFFD in its place";

    private const int MaxBytes = 256 * 1024 * 1024;

    // A workbook of now, which is a ZIP archive, and one of before 2007.
    private static readonly byte[][] ExcelFiles = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]];

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
        if (Array.Exists(ExcelFiles, magic => bytes.Span.StartsWith(magic)))
        {
            throw new ImportException("this is an Excel file: save it as CSV");
        }

        var text = Decode(bytes.Span[(marked?.Preamble.Length ?? 0)..], marked ?? encoding ?? Encoding.UTF8, isMarked: marked is not null);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ImportException("the file is empty");
        }

        return text;
    }

    private static string Decode(ReadOnlySpan<byte> bytes, Encoding encoding, bool isMarked)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        string text;
        var isDamaged = false;
        try
        {
            text = strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            (text, isDamaged) = (encoding.GetString(bytes), true);
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ImportException("the file has NUL characters: is it UTF-16?", "encoding utf-16");
        }

        if (isDamaged)
        {
            var line = text.AsSpan(0, text.IndexOf(Damage, StringComparison.Ordinal)).Count('\n') + 1;
            var name = encoding.WebName.ToUpperInvariant();
            throw isMarked
                ? new ImportException($"line {line} is not {name}, which the byte order mark of the file states")
                : new ImportException($"line {line} is not {name}: give the encoding", "encoding windows-1252");
        }

        return text;
    }
}
