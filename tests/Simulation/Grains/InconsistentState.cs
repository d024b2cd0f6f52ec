using System.Reflection;
using Orleans.Storage;

namespace ActorShop.Simulation;

/// <summary>Whether a version conflict comes from the activation that throws it. Orleans ends that activation, and not its callers.</summary>
internal static class InconsistentState
{
    private static readonly PropertyInfo? IsSourceActivation = typeof(InconsistentStateException).GetProperty(
        "IsSourceActivation", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

    /// <summary>True for the first activation that asks.</summary>
    public static bool TakeSource(Exception conflict)
    {
        var isSource = IsSourceActivation?.GetValue(conflict) is true;
        IsSourceActivation?.SetValue(conflict, false);
        return isSource;
    }
}
