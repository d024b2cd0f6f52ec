using System.IO.Compression;
using System.Text;
using ActorShop.Cli.Imports;
using ActorShop.Cli.Testing;

namespace ActorShop.Cli.Tests.Imports;

public sealed class InputFileTests
{
    private static readonly string Text = "sku,name,price\n" + string.Concat(Enumerable.Range(0, 200).Select(static i => $"{i * 7919},{i * 104_729 % 9973},{i}.00\n"));

    // 8 bytes of a member are its checksum and its length: without them, all of its text may be there.
    [Fact]
    public async Task GzipThatIsCutOff_IsRefused_WhereverItEnds()
    {
        var whole = Gzip.Of(Text);
        for (var length = 2; length < whole.Length; length++)
        {
            (await Should.ThrowAsync<ToolException>(() => ReadAsync(whole[..length]), $"{length} of {whole.Length} bytes")).Message.ShouldBe("The file is cut off.");
        }

        (await ReadAsync(whole)).ShouldBe(Text);
    }

    [Fact]
    public async Task MembersOfGzip_AreReadInTurn_AndTheLastMayBeCutOff()
    {
        byte[] two = [.. Gzip.Of(Text), .. Gzip.Of("last\n")];

        (await ReadAsync(two)).ShouldBe(Text + "last\n");
        (await Should.ThrowAsync<ToolException>(() => ReadAsync(two[..^1]))).Message.ShouldBe("The file is cut off.");
    }

    // The border of two members is once at the end of the buffers, of 4 and 8 KiB.
    [Fact]
    public async Task MembersOfGzip_AreReadInTurn_WhereverTheBorderIs()
    {
        var sizes = new HashSet<int>();
        for (var size = 8100; size < 8200; size++)
        {
            var first = new string('x', size);
            var stored = Gzip.Of(first, CompressionLevel.NoCompression);
            byte[] two = [.. stored, .. Gzip.Of("last")];
            sizes.Add(stored.Length);

            (await ReadAsync(two)).ShouldBe(first + "last", $"{stored.Length} bytes");
        }

        sizes.ShouldContain(8192);
    }

    [Fact]
    public async Task DamagedGzip_IsRefused()
    {
        var whole = Gzip.Of(Text);
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            byte[] damaged = [.. whole];
            damaged[random.Next(2, damaged.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                // A bit of the header, such as its time, changes nothing.
                (await ReadAsync(damaged)).ShouldBe(Text, $"seed {seed}");
            }
            catch (Exception exception) when (exception is InvalidDataException or ToolException)
            {
                exception.Message.ShouldNotContain('\n');
            }
        }
    }

    // The tool and its tests have configurations of their own.
    [Fact]
    public void Tool_ValidatesGzipStrictly() =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ActorShop.Cli.runtimeconfig.json")).ShouldMatch("\"System.IO.Compression.UseStrictValidation\": true");

    [Fact]
    public async Task Import_EndsWithTwo_WhenTheGzipIsCutOff()
    {
        var whole = Gzip.Of(Text);

        var run = await ToolRun.Of("import - --format csv --server http://127.0.0.1:9", new MemoryStream(whole[..^9]));

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.ShouldBe($"error: The file is cut off.{Environment.NewLine}");
    }

    private static async Task<string> ReadAsync(byte[] bytes)
    {
        await using var input = await InputFile.OpenAsync("-", Gzip.Context(bytes), CancellationToken.None);
        using var reader = new StreamReader(input, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
