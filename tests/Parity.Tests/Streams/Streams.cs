using Orleans.Streams;

namespace ActorShop.Parity.Streams;

public interface INewsGrain : IGrainWithStringKey
{
    Task<int[]> NewsAsync();
}

[ImplicitStreamSubscription("news")]
public sealed class NewsGrain : Grain, INewsGrain
{
    private readonly List<int> _news = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var stream = this.GetStreamProvider("streams").GetStream<int>(StreamId.Create("news", this.GetPrimaryKeyString()));
        await stream.SubscribeAsync((item, _) =>
        {
            _news.Add(item);
            if (item < 0)
            {
                Gate.Open(this.GetPrimaryKeyString() + ".all");
            }

            return Task.CompletedTask;
        });
    }

    public Task<int[]> NewsAsync() => Task.FromResult(_news.ToArray());
}

public interface IReaderGrain : IGrainWithStringKey
{
    Task SubscribeAsync(string stream);

    Task UnsubscribeAsync(string stream);

    Task<int[]> ReadAsync();
}

public sealed class ReaderGrain : Grain, IReaderGrain
{
    private readonly List<int> _read = [];

    public Task SubscribeAsync(string stream) => Stream(stream).SubscribeAsync((item, _) =>
    {
        _read.Add(item);
        Gate.Open($"{this.GetPrimaryKeyString()}{item}#{_read.Count(known => known == item)}");

        return Task.CompletedTask;
    });

    public async Task UnsubscribeAsync(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
        {
            await handle.UnsubscribeAsync();
        }
    }

    public Task<int[]> ReadAsync() => Task.FromResult(_read.ToArray());

    private IAsyncStream<int> Stream(string key) => this.GetStreamProvider("streams").GetStream<int>(StreamId.Create("pages", key));
}

public interface IPressGrain : IGrainWithStringKey
{
    Task PublishAsync(string ns, string key, params int[] items);
}

public sealed class PressGrain : Grain, IPressGrain
{
    public async Task PublishAsync(string ns, string key, params int[] items)
    {
        var stream = this.GetStreamProvider("streams").GetStream<int>(StreamId.Create(ns, key));
        foreach (var item in items)
        {
            await stream.OnNextAsync(item);
        }
    }
}
