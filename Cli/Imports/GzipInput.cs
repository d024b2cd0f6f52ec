using System.IO.Compression;
using System.IO.Pipelines;

namespace ActorShop.Cli.Imports;

/// <summary>Decompresses gzip, of one member or several. Asynchronous reads report a file that ends before its last member does.</summary>
/// <remarks>The runtime reports it only under <c>System.IO.Compression.UseStrictValidation</c>, which the project file sets.</remarks>
internal sealed class GzipInput(PipeReader pipe) : GZipStream(pipe.AsStream(), CompressionMode.Decompress)
{
    /// <exception cref="ToolException">The file is cut off.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException exception) when (pipe.TryRead(out var rest) && rest is { IsCompleted: true, Buffer.IsEmpty: true })
        {
            // The decompressor has asked for bytes after the last one.
            throw new ToolException(ExitCode.BadInput, "The file is cut off.", exception);
        }
    }
}
