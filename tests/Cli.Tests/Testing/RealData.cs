namespace ActorShop.Cli.Testing;

/// <summary>The real data beside the repository, where it is there: <c>../shared/data</c>, or ACTORSHOP_DATA.</summary>
internal static class RealData
{
    public const string Absent = "The real data (../shared/data, or ACTORSHOP_DATA) is not here.";

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("ACTORSHOP_DATA") ?? Find();

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

/// <summary>A test that wants the real data, and says so where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealDataFactAttribute : FactAttribute
{
    public RealDataFactAttribute() => Skip = RealData.Folder is null ? RealData.Absent : null;
}
