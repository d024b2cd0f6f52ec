using System.Reflection;

namespace ActorShop.Api;

/// <summary>The exceptions of grain calls; some of them only Orleans itself can make.</summary>
internal static class Faults
{
    public static Exception Of(string kind) => kind switch
    {
        "timeout" => new TimeoutException("a grain of ActorShop.Secret did not answer"),
        "engine" => new SiloUnavailableException("silo 10.0.0.1 is gone"),
        "shutdown" => new OperationCanceledException("Shutting down"),
        "argument" => new ArgumentException("no implementation of IStockGrain", nameof(kind)),
        "limit" => new LimitExceededException("too many"),
        "rejection" => (Exception)Activator.CreateInstance(
            typeof(OrleansMessageRejectionException), BindingFlags.NonPublic | BindingFlags.Instance, null, ["rejected"], null)!,
        _ => new InvalidOperationException("System.Secret at line 1"),
    };
}
