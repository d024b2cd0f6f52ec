using ActorShop.Generators.Tests.Contracts;

namespace ActorShop.Generators.Tests.Invocation;

/// <summary>Notes what it is called with.</summary>
internal sealed class Sample : Grain, ISample
{
    public List<object?> Heard { get; } = [];

    public List<int> Numbers { get; } = [1, 2];

    public Task<int> CountAsync() => Task.FromResult(Heard.Count);

    public ValueTask ResetAsync(CancellationToken cancellationToken)
    {
        Heard.Add(cancellationToken);
        return ValueTask.CompletedTask;
    }

    public Task<ReserveResult> ReserveAsync(Sku sku, int quantity)
    {
        Heard.Add((sku, quantity));
        return Task.FromResult<ReserveResult>(new ReserveResult.Insufficient(quantity));
    }

    public Task<List<int>> MutateAsync(List<int> numbers)
    {
        numbers.Add(3);
        return Task.FromResult(Numbers);
    }

    public Task<List<int>> MutateAsync(List<int> numbers, string? reason)
    {
        Heard.Add(reason);
        return Task.FromResult(Numbers);
    }

    public Task ShareAsync(List<int> numbers, byte[]? copied)
    {
        Heard.Add(numbers);
        return Task.CompletedTask;
    }

    public ValueTask<string?> NameAsync() => new("name");

    public Task<bool> IsBusyAsync(string? reason, CancellationToken cancellationToken = default)
    {
        Heard.Add((reason, cancellationToken));
        return Task.FromResult(true);
    }

    public Task ForgetAsync() => Task.CompletedTask;

    public Task<List<int>> SharedAsync() => Task.FromResult(Numbers);

    public Task<ISample> SelfAsync(ISample other, IObserver? observer) => Task.FromResult<ISample>(this);

    public Task<T_> OddAsync((int A, List<string?> B) tuple, Box<int>[] boxes, T_ @class)
    {
        Heard.Add((tuple, boxes, @class));
        return Task.FromResult(T_.A);
    }
}
