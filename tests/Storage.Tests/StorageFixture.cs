using ActorShop.Reporting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace ActorShop.Storage;

/// <summary>A shop's storage as a process has it: opened at its first use, and again after it was closed.</summary>
internal abstract class StorageFixture : IAsyncDisposable
{
    private ServiceProvider? _provider;

    /// <summary>The configuration of the next opening.</summary>
    public Dictionary<string, string?> Settings { get; } = new(StringComparer.Ordinal);

    public IGrainStorage Storage => Get<IGrainStorage>();

    public IEventTable Events => Get<IEventTable>();

    public IDueTable Due => Get<IDueTable>();

    public IReadModels ReadModels => Get<IReadModels>();

    public T Get<T>(string? key = null)
        where T : notnull => key is null ? Provider.GetRequiredService<T>() : Provider.GetRequiredKeyedService<T>(key);

    public async Task CloseAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
            _provider = null;
        }
    }

    public virtual async ValueTask DisposeAsync() => await CloseAsync();

    protected abstract void AddStorage(IServiceCollection services);

    private ServiceProvider Provider => _provider ??= Provide();

    private ServiceProvider Provide()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        AddStorage(services);
        return services.BuildServiceProvider(validateScopes: true);
    }
}
