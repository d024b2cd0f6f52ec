using System.Diagnostics;

namespace ActorShop.Simulation;

/// <summary>This assembly as a program, in a process whose string hashes differ from this one's.</summary>
internal static class SecondProcess
{
    public static async Task<string[]> RunAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(SecondProcess).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var lines = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return lines.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
