using ActorShop.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Streams;

namespace ActorShop.Runtime.Streams;

/// <inheritdoc cref="IStreamRendezvousGrain"/>
[GrainType(TypeName)]
internal sealed class StreamRendezvousGrain : Grain, IStreamRendezvousGrain
{
    public const string TypeName = "sys.stream";

    private const string StateName = "stream-consumers";

    private readonly SiloRuntime _silo;
    private readonly StreamAddress _address;
    private readonly IPersistentState<StreamConsumerList>? _state;

    // What is stored, while the state may be ahead of it.
    private List<StreamConsumer> _consumers = [];

    public StreamRendezvousGrain(IGrainContext context, SiloRuntime silo, IPersistentStateFactory states)
    {
        (_silo, _address) = (silo, StreamAddress.Of(context.GrainId));
        if (StoreOf(silo.Services, _address.Provider) is { } store)
        {
            _state = states.Create<StreamConsumerList>(context, new PersistentStateAttribute(StateName, store));
        }
    }

    private MemoryStreamProvider Provider =>
        _silo.Services.GetKeyedService<IStreamProvider>(_address.Provider) as MemoryStreamProvider
        ?? throw new KeyNotFoundException($"Stream provider '{_address.Provider}' not found");

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _consumers = [.. _state?.State.Consumers ?? []];
        return Task.CompletedTask;
    }

    public Task<List<StreamConsumer>> ReadAsync() => Task.FromResult(_consumers);

    public async Task AddAsync(StreamConsumer consumer)
    {
        if (!_consumers.Contains(consumer))
        {
            await SaveAsync([.. _consumers, consumer]);
        }

        await _silo.Streams.TellAsync(this.GetGrainId());
    }

    public async Task RemoveAsync(Guid subscription)
    {
        if (_consumers.Exists(known => known.Id == subscription))
        {
            await SaveAsync([.. _consumers.Where(known => known.Id != subscription)]);
        }

        await _silo.Streams.TellAsync(this.GetGrainId());
    }

    public async Task PublishAsync(List<object?> items)
    {
        // All are in the line before the first await, so that those of one client keep their order.
        var codec = _silo.Codecs.GetCodec<object>();
        foreach (var publishing in items.ConvertAll(item => Provider.PublishAsync(_address.Stream, new BoxedItem(item, codec))))
        {
            await publishing;
        }
    }

    public Task CompleteAsync() => Provider.PublishAsync(_address.Stream, new StreamCompleted());

    public Task FailAsync(Exception exception) => Provider.PublishAsync(_address.Stream, new StreamFailed(exception));

    private static string? StoreOf(IServiceProvider services, string provider) =>
        services.GetKeyedService<IGrainStorage>(provider) is not null ? provider
        : services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME) is not null ? ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME
        : null;

    private async Task SaveAsync(List<StreamConsumer> next)
    {
        if (_state is null)
        {
            throw new BadProviderConfigException(
                $"Explicit subscriptions to streams of {_address.Provider} need a grain storage named \"{ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME}\".");
        }

        try
        {
            _state.State.Consumers = next;
            await (next.Count == 0 ? _state.ClearStateAsync() : _state.WriteStateAsync());
        }
        catch
        {
            // The write may have landed: the next activation reads the truth.
            DeactivateOnIdle();
            throw;
        }

        _consumers = next;
    }
}
