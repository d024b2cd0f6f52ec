using System.Diagnostics;

namespace ActorShop.Cluster;

/// <summary>What the processes of a cluster run: for each role a program and its first arguments.</summary>
internal sealed record HostPrograms(ImmutableArray<string> Silo, ImmutableArray<string> Api, ImmutableArray<string> Payments)
{
    /// <summary>Finds what was built.</summary>
    /// <param name="folder">
    /// A folder of outputs, such as <c>artifacts/bin</c>, or one that the programs were published to; null for what was built beside this tool.
    /// </param>
    public static HostPrograms Find(string? folder) => new(Find(folder, "Silo"), Find(folder, "Api"), Find(folder, "PaymentSimulator"));

    /// <summary>Finds what was built, and builds what lies beside this tool where it was not: in a clone, <c>dotnet run</c> builds the tool alone.</summary>
    public static async Task<HostPrograms> FindOrBuildAsync(string? folder, Action<string> tell, CancellationToken cancellationToken)
    {
        if (folder is null && !AreBuilt)
        {
            await BuildAsync(tell, cancellationToken);
        }

        return Find(folder);
    }

    private static bool AreBuilt =>
        Array.TrueForAll(["Silo", "Api", "PaymentSimulator"], static project => Array.Exists(Places(null, project), File.Exists));

    private static ImmutableArray<string> Find(string? folder, string project) =>
        Array.Find(Places(folder, project), File.Exists) is { } program
            ? ["dotnet", program]
            : throw new ClusterException($"ActorShop.{project}.dll is not below {folder ?? Outputs().Bin}: build it first, with dotnet build");

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

    private static async Task BuildAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "ActorShop.sln")))
        {
            root = root.Parent;
        }

        if (root is null)
        {
            return;
        }

        // The API brings the silo and the payment provider with it.
        tell("building the silo and the API");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var start = new ProcessStartInfo("dotnet", ["build", Path.Combine(root.FullName, "Api"), "-c", configuration, "-v", "q", "--nologo"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            throw new ClusterException($"the programs cannot be built:\n{said}");
        }
    }
}
