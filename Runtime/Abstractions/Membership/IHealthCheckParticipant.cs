using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Something of which it can be said whether it works.</summary>
public interface IHealthCheckable
{
    /// <summary>Whether it works at this moment. Asks nobody, and does not wait.</summary>
    /// <param name="lastCheckTime">When it was asked before.</param>
    /// <param name="reason">Why it does not, in a sentence.</param>
    bool CheckHealth(DateTime lastCheckTime, [NotNullWhen(false)] out string? reason);
}

/// <summary>A part of a silo, or of a client, without which it cannot do its work. The host's services have them all.</summary>
public interface IHealthCheckParticipant : IHealthCheckable
{
}
