using System.IO.Compression;
using System.IO.Pipelines;

namespace ActorShop.Cli.Imports;

/// <summary>Opens files that may be compressed, and guesses what is in them.</summary>
internal static class InputFile
{
    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>Opens a file, or standard input for <c>-</c>, decompressed where its first bytes say gzip.</summary>
    /// <exception cref="ToolException">The file is not there.</exception>
    public static async Task<Stream> OpenAsync(string path, ToolContext context, CancellationToken cancellationToken)
    {
        var raw = path is "-" ? context.Input : OpenFile(path);
        var pipe = PipeReader.Create(raw);
        var peek = await pipe.ReadAtLeastAsync(2, cancellationToken);
        Span<byte> first = stackalloc byte[2];
        var isGzip = peek.Buffer.Length >= 2;
        if (isGzip)
        {
            System.Buffers.BuffersExtensions.CopyTo(peek.Buffer.Slice(0, 2), first);
            isGzip = first.SequenceEqual(GzipMagic);
        }

        // Nothing is consumed: whoever reads next begins with the bytes looked at.
        pipe.AdvanceTo(peek.Buffer.Start, peek.Buffer.Start);
        return isGzip ? new GZipStream(pipe.AsStream(), CompressionMode.Decompress) : pipe.AsStream();
    }

    /// <summary>The format by the name of the file, <c>.gz</c> aside; null where the name says nothing.</summary>
    public static CatalogueFormat? FormatOf(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" => CatalogueFormat.Csv,
            ".ndjson" or ".jsonl" => CatalogueFormat.Ndjson,
            _ => null,
        };
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.BadInput, $"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
