using System.Globalization;

namespace ActorShop.Chaos.Network;

/// <summary>The TCP sockets of a process, as Linux lists them.</summary>
internal static class ProcessSockets
{
    /// <summary>Whether a process has a socket with a local port.</summary>
    public static bool Has(int process, int port)
    {
        // Both columns are hexadecimal. A .NET socket for IPv4 may be one for both versions.
        var end = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        var inodes = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[1].EndsWith(end, StringComparison.Ordinal))
            .Select(static columns => $"socket:[{columns[9]}]")
            .ToHashSet(StringComparer.Ordinal);
        try
        {
            return inodes.Count > 0 && Directory.EnumerateFiles($"/proc/{process}/fd").Any(file => File.ResolveLinkTarget(file, false) is { } target && inodes.Contains(target.Name));
        }
        catch (IOException)
        {
            // The process has ended.
            return false;
        }
    }
}
