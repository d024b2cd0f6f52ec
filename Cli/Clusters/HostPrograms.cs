using System.Collections.Immutable;

namespace ActorShop.Cli.Clusters;

/// <summary>What the processes of a cluster run: for each role a program and its first arguments.</summary>
/// <param name="Silo">A host of grains.</param>
/// <param name="Api">HTTP in front of it.</param>
/// <param name="Payments">The simulated payment provider.</param>
internal sealed record HostPrograms(ImmutableArray<string> Silo, ImmutableArray<string> Api, ImmutableArray<string> Payments)
{
    /// <summary>Finds what was built.</summary>
    /// <param name="folder">
    /// A folder of outputs, such as <c>artifacts/orleans/bin</c>, or one that the programs were published to; null for what was built beside this tool.
    /// </param>
    /// <exception cref="ToolException">Something was not built.</exception>
    public static HostPrograms Find(string? folder) => new(Find(folder, "Silo"), Find(folder, "Api"), Find(folder, "PaymentSimulator"));

    /// <summary>Whether everything was built beside this tool.</summary>
    public static bool AreBuilt =>
        Array.TrueForAll(["Silo", "Api", "PaymentSimulator"], static project => Array.Exists(Places(null, project), File.Exists));

    private static ImmutableArray<string> Find(string? folder, string project) =>
        Array.Find(Places(folder, project), File.Exists) is { } program
            ? ["dotnet", program]
            : throw new ToolException(ExitCode.BadInput, $"ActorShop.{project}.dll is not below {folder ?? Outputs().Bin}: build it first, with dotnet build");

    private static string[] Places(string? folder, string project)
    {
        var name = $"ActorShop.{project}.dll";
        var (bin, pivot) = Outputs();
        return folder is null
            ? [Path.Combine(bin, project, pivot, name), Path.Combine(AppContext.BaseDirectory, name)]
            :
            [
                Path.GetFullPath(Path.Combine(folder, project, pivot, name)),
                Path.GetFullPath(Path.Combine(folder, project, "release", name)),
                Path.GetFullPath(Path.Combine(folder, project, "debug", name)),
                Path.GetFullPath(Path.Combine(folder, project, name)),
                Path.GetFullPath(Path.Combine(folder, name)),
            ];
    }

    // bin/<project>/<configuration>: the others lie beside this one's own.
    private static (string Bin, string Configuration) Outputs()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return (own.Parent?.Parent?.FullName ?? own.FullName, own.Name);
    }
}
