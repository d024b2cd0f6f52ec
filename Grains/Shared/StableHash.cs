using System.Text;

namespace ActorShop;

/// <summary>A hash that is the same in every process and version: stored data may depend on it.</summary>
public static class StableHash
{
    /// <summary>FNV-1a, 32 bits, over the UTF-8 bytes.</summary>
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 16777619u);
        }

        return hash;
    }
}
