using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using ActorShop.Import;

namespace ActorShop.Cli.Imports;

internal static class InputFile
{
    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>Opens a file, or standard input for <c>-</c>; gzip is recognised by its first bytes and decompressed.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static Task<Stream> OpenAsync(string path, ToolContext context, CancellationToken cancellationToken) =>
        DecompressAsync(OpenRaw(path, context), cancellationToken);

    /// <summary>Opens a file like <see cref="OpenAsync"/>, with the digest of its bytes; null if it can be read only once.</summary>
    /// <exception cref="ToolException">The file cannot be read.</exception>
    public static async Task<(Stream Input, string? Digest)> OpenWithDigestAsync(string path, ToolContext context, CancellationToken cancellationToken)
    {
        var raw = OpenRaw(path, context);
        string? digest = null;
        if (raw.CanSeek)
        {
            digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(raw, cancellationToken));
            raw.Position = 0;
        }

        return (await DecompressAsync(raw, cancellationToken), digest);
    }

    private static async Task<Stream> DecompressAsync(Stream raw, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(raw);
        var start = (await pipe.ReadAtLeastAsync(GzipMagic.Length, cancellationToken)).Buffer;
        var isGzip = start.Length >= GzipMagic.Length && start.Slice(0, GzipMagic.Length).ToArray().SequenceEqual(GzipMagic);

        // Nothing is consumed: the next read begins with the same bytes.
        pipe.AdvanceTo(start.Start);
        return isGzip ? new GzipInput(pipe) : pipe.AsStream();
    }

    /// <summary>The format by the name of the file, <c>.gz</c> aside; null if the extension is unknown.</summary>
    public static CatalogueFormat? FormatOf(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" => CatalogueFormat.Csv,
            ".ndjson" or ".jsonl" => CatalogueFormat.Ndjson,
            _ => null,
        };
    }

    private static Stream OpenRaw(string path, ToolContext context) => path is "-" ? context.Input : OpenFile(path);

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException(ExitCode.BadInput, $"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
