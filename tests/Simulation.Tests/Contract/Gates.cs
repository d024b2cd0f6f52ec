using System.Collections.Concurrent;

namespace ActorShop.Simulation.Contract;

/// <summary>Holds a grain at a point of a test, and shows the test that it is there.</summary>
/// <param name="options">How those that wait go on: on Orleans never within the turn that opens the gate.</param>
public sealed class Gates(TimeProvider time, TaskCreationOptions options)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new(StringComparer.Ordinal);

    public void Open(string name) => Of(name).TrySetResult();

    /// <summary>Waits for a gate. One that never opens fails the test.</summary>
    public Task Opened(string name) => Of(name).Task.WaitAsync(Limit, time);

    public bool IsOpen(string name) => Of(name).Task.IsCompleted;

    private TaskCompletionSource Of(string name) => _gates.GetOrAdd(name, _ => new TaskCompletionSource(options));
}
