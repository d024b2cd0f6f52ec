using ActorShop.Cli.Imports;

namespace ActorShop.Cli.Testing;

/// <summary>The real data in <c>../shared/data</c> beside the repository, or in ACTORSHOP_DATA.</summary>
internal static class RealData
{
    public const string Absent = "The real data (../shared/data, or ACTORSHOP_DATA) is missing.";

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("ACTORSHOP_DATA") ?? Find();

    public static async Task<Stream> OpenAsync(params string[] parts)
    {
        using var context = new ToolContext(TextWriter.Null, TextWriter.Null, Stream.Null, null, TimeProvider.System);
        return await InputFile.OpenAsync(PathOf(parts), context, CancellationToken.None);
    }

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder!, .. parts]);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (File.Exists(Path.Combine(candidate, "README.md")))
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>A test of the real data; skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute() => Skip = RealData.Folder is null ? RealData.Absent : null;
}
