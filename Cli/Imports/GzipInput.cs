using System.IO.Compression;
using System.IO.Pipelines;

namespace ActorShop.Cli.Imports;

/// <summary>Decompresses gzip, of one member or several. Asynchronous reads report a file that ends before its last member does.</summary>
/// <remarks>The runtime reports it only under <c>System.IO.Compression.UseStrictValidation</c>, which the project file sets.</remarks>
internal sealed class GzipInput : GZipStream
{
    private readonly Source _source;

    public GzipInput(PipeReader pipe)
        : this(new Source(pipe))
    {
    }

    private GzipInput(Source source)
        : base(source.AsStream(), CompressionMode.Decompress) => _source = source;

    /// <exception cref="ToolException">The file is cut off.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException exception) when (_source.HasEnded)
        {
            throw new ToolException(ExitCode.BadInput, "The file is cut off.", exception);
        }
    }

    /// <summary>Notes whether the decompressor has asked for bytes after the last one.</summary>
    private sealed class Source(PipeReader pipe) : PipeReader
    {
        public bool HasEnded { get; private set; }

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            HasEnded = result is { IsCompleted: true, Buffer.IsEmpty: true };
            return result;
        }

        public override bool TryRead(out ReadResult result) => pipe.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => pipe.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => pipe.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => pipe.CancelPendingRead();

        public override void Complete(Exception? exception = null) => pipe.Complete(exception);
    }
}
