using System.Diagnostics;

namespace ActorShop.EndToEnd;

/// <summary>The operator's tool in a process of its own.</summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string[]> _output;

    private ToolProcess(Process process)
    {
        _process = process;
        _output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    public static ToolProcess Start(string folder, Uri server, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ACTORSHOP_SERVER"] = server.ToString(), ["ACTORSHOP_KEY"] = ShopProcess.AdminKey },
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory.Replace("EndToEnd.Tests", "Cli", StringComparison.Ordinal), "ActorShop.Cli.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ToolProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end; everything that was printed, with the exit code in the last line.</summary>
    public async Task<string> EndAsync()
    {
        var output = await _output;
        await _process.WaitForExitAsync();
        return $"{string.Concat(output)}\nexit {_process.ExitCode}";
    }

    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await EndAsync();
        _process.Dispose();
    }
}
