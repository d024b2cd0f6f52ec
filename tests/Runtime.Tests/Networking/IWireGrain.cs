using Orleans.Concurrency;

namespace ActorShop.Runtime.Networking;

/// <summary>A grain with a method of each kind that can be called from another process.</summary>
[Alias("wire-grain")]
public interface IWireGrain : IGrainWithStringKey
{
    Task<int> Add(int left, int right);

    Task<WireShape> Reverse(WireShape shape);

    Task<string?> Echo(string? text);

    Task Nothing();

    ValueTask<List<string>> Repeat(string text, int count);

    [OneWay]
    Task Tell(string text);

    Task Throw(string kind);

    Task<object> NoCodec();

    Task<string?> Context(string key);

    Task<string> Source();

    Task<bool> WaitForCancellation(CancellationToken cancellationToken);

    Task<int> Hold();

    Task Observe(IWireObserver observer, string text);
}

[Alias("wire-observer")]
public interface IWireObserver : IGrainObserver
{
    Task Saw(string text);
}

[GenerateSerializer]
[Alias("wire-shape")]
public sealed record WireShape(string Name, int[] Numbers, Guid Id, WireShape? Next);

[GenerateSerializer]
[Alias("wire-exception")]
public sealed class WireTestException : Exception
{
    public WireTestException()
    {
    }

    public WireTestException(string message, int left)
        : base(message) => Left = left;

    [Id(0)]
    public int Left { get; set; }
}

public sealed class ForeignToAllException(string message) : Exception(message);

public sealed class WireGrain : Grain, IWireGrain, IIncomingGrainCallFilter
{
    private string? _source;

    /// <summary>What happens in grains, for tests to await. Keys are unique to a test.</summary>
    public static System.Collections.Concurrent.ConcurrentDictionary<string, WireEvents> Events { get; } = new(StringComparer.Ordinal);

    private WireEvents Mine => Events.GetOrAdd(this.GetPrimaryKeyString(), static _ => new WireEvents());

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _source = context.SourceId?.ToString();
        return context.Invoke();
    }

    public Task<int> Add(int left, int right) => Task.FromResult(left + right);

    public Task<WireShape> Reverse(WireShape shape) => Task.FromResult(shape with { Numbers = [.. shape.Numbers.Reverse()] });

    public Task<string?> Echo(string? text) => Task.FromResult(text);

    public Task Nothing() => Task.CompletedTask;

    public ValueTask<List<string>> Repeat(string text, int count) => new(Enumerable.Repeat(text, count).ToList());

    public Task Tell(string text)
    {
        Mine.Told.TrySetResult(text);
        return Task.CompletedTask;
    }

    public async Task Throw(string kind)
    {
        await Task.Yield();
        throw kind switch
        {
            "codec" => new WireTestException("out of it", 3),
            "framework" => new InvalidOperationException("not now", new TimeoutException("too late")),
            "engine" => new LimitExceededException("full"),
            _ => new ForeignToAllException("nobody can read me"),
        };
    }

    public Task<object> NoCodec() => Task.FromResult<object>(new Version[1, 1]);

    public Task<string?> Context(string key) => Task.FromResult(RequestContext.Get(key)?.ToString());

    public Task<string> Source() => Task.FromResult(_source ?? "none");

    public async Task<bool> WaitForCancellation(CancellationToken cancellationToken)
    {
        Mine.Started.TrySetResult();
        await Task.WhenAny(Task.Delay(Timeout.Infinite, cancellationToken));
        Mine.Cancelled.TrySetResult(cancellationToken.IsCancellationRequested);
        return true;
    }

    public async Task<int> Hold()
    {
        Mine.Started.TrySetResult();
        return await Mine.Release.Task;
    }

    public Task Observe(IWireObserver observer, string text) => observer.Saw(text);
}

/// <summary>What a test waits for.</summary>
public sealed class WireEvents
{
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<string> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<bool> Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<int> Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
