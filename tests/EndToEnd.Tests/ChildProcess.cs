using System.Collections.Concurrent;
using System.Diagnostics;
using ActorShop.Cluster;

namespace ActorShop.EndToEnd;

/// <summary>A program of the shop as a process, as a shell would see it. Disposal kills it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data, _output);
        _process.ErrorDataReceived += (_, line) => Add(line.Data, _output, _errors);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The lines on standard output and standard error so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The lines on standard error so far.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(IEnumerable<string> command, string folder, params IEnumerable<(string Name, string? Value)> environment)
    {
        string[] all = [.. command];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = Directory.CreateDirectory(folder).FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(start);
    }

    /// <summary>Runs a silo or API beside a cluster, which is expected to refuse to start.</summary>
    /// <returns>The exit code and the last line on standard error.</returns>
    public static async Task<(int ExitCode, string Error)> RunMemberAsync(LocalCluster cluster, MemberRole role, params (string Name, string Value)[] changes)
    {
        var launch = MemberPlan.Launch(cluster.State, MemberPlan.Of(role, "beside"), cluster.Folder);
        await using var process = Start(launch.Command, launch.Folder, [.. launch.Environment.Select(static pair => (pair.Key, pair.Value)), .. changes]);
        return (await process.EndAsync(), process._errors.LastOrDefault() ?? string.Join('\n', process.Output));
    }

    public static ChildProcess StartTool(ShopProcess shop, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace("EndToEnd.Tests", "Cli", StringComparison.Ordinal), "ActorShop.Cli.dll");
        return Start(
            ["dotnet", program, .. arguments], shop.Folder, ("ACTORSHOP_SERVER", shop.Public.ToString()), ("ACTORSHOP_KEY", ShopProcess.AdminKey));
    }

    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Add(string? line, params ConcurrentQueue<string>[] to)
    {
        if (line is not null)
        {
            Array.ForEach(to, lines => lines.Enqueue(line));
        }
    }
}
