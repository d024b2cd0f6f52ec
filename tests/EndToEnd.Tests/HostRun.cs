using System.Diagnostics;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>A host that is expected to refuse: run to its end, as a shell would see it.</summary>
internal static class HostRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Runs one silo or API beside a cluster.</summary>
    /// <param name="cluster">Whose configuration it gets.</param>
    /// <param name="role">Which of the two.</param>
    /// <param name="changes">Configuration that differs.</param>
    /// <returns>The exit code and the last line on standard error.</returns>
    public static async Task<(int ExitCode, string Error)> OfAsync(LocalCluster cluster, MemberRole role, params (string Name, string Value)[] changes)
    {
        var launch = MemberPlan.Launch(cluster.State, MemberPlan.Of(role, "beside"), cluster.Folder);
        Directory.CreateDirectory(launch.Folder);
        var start = new ProcessStartInfo(launch.Command[0], launch.Command.Skip(1))
        {
            WorkingDirectory = launch.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in launch.Environment.Select(static pair => (pair.Key, pair.Value)).Concat(changes))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, said[1].Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? said[0]);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
