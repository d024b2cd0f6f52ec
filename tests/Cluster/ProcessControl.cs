using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorShop.Cluster;

/// <summary>Starts processes that outlive this one, and sends them signals. Linux only.</summary>
internal static class ProcessControl
{
    // The shell becomes the program, so it keeps its id. Its own session keeps Ctrl-C of the terminal away, and the log file outlives this process.
    private const string Launcher = """exec >>"$1" 2>&1 </dev/null; shift; exec setsid "$@" """;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static ProcessMark Start(Launch launch)
    {
        Directory.CreateDirectory(launch.Folder);
        var start = new ProcessStartInfo("sh", ["-c", Launcher, "sh", launch.Log, .. launch.Command])
        {
            UseShellExecute = false,
            WorkingDirectory = launch.Folder,
        };
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        return ProcessMark.Of(process.Id) ?? new ProcessMark(process.Id, Began: 0);
    }

    /// <summary>Sends a signal, unless the process has ended and its id is in use again.</summary>
    /// <returns>Whether it was sent.</returns>
    public static bool Send(ProcessMark process, UnixSignal signal)
    {
        if (process.Look() is ProcessCondition.Gone)
        {
            return false;
        }

        return Kill(process.Id, (int)signal) == 0;
    }

    /// <summary>Kills a process, and waits until it and the processes it has started have ended.</summary>
    /// <remarks>The processes of a killed PostgreSQL end by themselves, and until they have another one does not start.</remarks>
    public static async Task KillTreeAsync(ProcessMark process, TimeProvider clock)
    {
        // A stopped process starts no others.
        Send(process, UnixSignal.Stop);
        var children = process.Children();
        Send(process, UnixSignal.Kill);
        foreach (var each in children.Prepend(process))
        {
            await WaitForEndAsync(each, TimeSpan.FromSeconds(10), clock, CancellationToken.None);
        }
    }

    /// <returns>Whether it ended in time.</returns>
    public static async Task<bool> WaitForEndAsync(ProcessMark process, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (process.Look() is not ProcessCondition.Gone)
        {
            if (clock.GetElapsedTime(began) > patience)
            {
                return false;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
