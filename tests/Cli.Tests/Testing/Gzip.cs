using System.IO.Compression;
using System.Text;

namespace ActorShop.Cli.Testing;

internal static class Gzip
{
    public static byte[] Of(string text, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    /// <summary>A context with bytes as standard input.</summary>
    public static ToolContext Context(byte[] input) => new(TextWriter.Null, TextWriter.Null, new MemoryStream(input), null, TimeProvider.System);
}
