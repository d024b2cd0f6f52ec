using Orleans.Concurrency;

namespace ActorShop.Generators.Tests.Contracts;

public interface IBase : IGrainWithStringKey
{
    Task<int> CountAsync();

    ValueTask ResetAsync(CancellationToken cancellationToken);
}

[Alias("sample")]
public interface ISample : IBase
{
    Task<ReserveResult> ReserveAsync(Sku sku, int quantity);

    Task<List<int>> MutateAsync(List<int> numbers);

    Task<List<int>> MutateAsync(List<int> numbers, string? reason);

    [Alias("share")]
    Task ShareAsync([Immutable] List<int> numbers, byte[]? copied);

    [ReadOnly]
    [ResponseTimeout("00:00:05")]
    ValueTask<string?> NameAsync();

    [AlwaysInterleave]
    [ReadOnly]
    Task<bool> IsBusyAsync(string? reason, CancellationToken cancellationToken = default);

    [OneWay]
    Task ForgetAsync();

    [return: Immutable]
    Task<List<int>> SharedAsync();

    Task<ISample> SelfAsync(ISample other, IObserver? observer);

    Task<T_> OddAsync((int A, List<string?> B) tuple, Box<int>[] boxes, T_ @class);
}

[GenerateSerializer]
public enum T_
{
    A,
}

public interface IObserver : IGrainObserver
{
    void Told(string what, List<int> numbers);

    Task ToldAsync(Order order);
}
