using System.Globalization;

namespace ActorShop.Simulation;

/// <summary>A silo ended before it answered a client that had asked it. The request may have been executed.</summary>
public sealed class SiloCrashedException(int silo)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"Silo {silo} ended before it answered."));
