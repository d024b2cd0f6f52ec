namespace ActorShop.Testing;

/// <summary>Waits until calls of a cluster have run up to their first wait.</summary>
/// <remarks>Messages of one caller can overtake each other, so the answer of a later call does not say that an earlier one has arrived.</remarks>
public sealed class BegunCalls : IIncomingGrainCallFilter
{
    private readonly Lock _lock = new();
    private readonly List<Expected> _expected = [];

    /// <returns>Completes when <paramref name="count"/> further calls of the method have begun.</returns>
    public Task NextAsync(string method, int count = 1)
    {
        var expected = new Expected(method, count);
        lock (_lock)
        {
            _expected.Add(expected);
        }

        return expected.All.Task;
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        var call = context.Invoke();
        lock (_lock)
        {
            foreach (var expected in _expected.FindAll(expected => string.Equals(expected.Method, context.MethodName, StringComparison.Ordinal)))
            {
                if (--expected.Missing == 0)
                {
                    expected.All.SetResult();
                    _expected.Remove(expected);
                }
            }
        }

        return call;
    }

    private sealed class Expected(string method, int missing)
    {
        public string Method { get; } = method;

        public int Missing { get; set; } = missing;

        public TaskCompletionSource All { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
