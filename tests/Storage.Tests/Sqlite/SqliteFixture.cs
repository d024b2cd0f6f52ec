using ActorShop.Reporting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace ActorShop.Storage.Sqlite;

/// <summary>A database of its own in a folder of its own, gone after the test.</summary>
internal sealed class SqliteFixture : IAsyncDisposable
{
    private readonly Action<SqliteOptions>? _configure;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorshop-");
    private ServiceProvider? _provider;

    private SqliteFixture(Action<SqliteOptions>? configure) => _configure = configure;

    public string Path => System.IO.Path.Combine(_folder.FullName, "data", "shop.db");

    public SqliteDatabase Database => Get<SqliteDatabase>();

    public IGrainStorage Storage => Get<IGrainStorage>();

    public IReadModels ReadModels => Get<IReadModels>();

    public static SqliteFixture Open(Action<SqliteOptions>? configure = null) => new(configure);

    public T Get<T>()
        where T : notnull => (_provider ??= Provide()).GetRequiredService<T>();

    public T GetKeyed<T>(string key)
        where T : notnull => (_provider ??= Provide()).GetRequiredKeyedService<T>(key);

    public async Task CloseAsync()
    {
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
            _provider = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }

    private ServiceProvider Provide()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSqliteStorage(options =>
        {
            options.Path = Path;
            _configure?.Invoke(options);
        });
        return services.BuildServiceProvider(validateScopes: true);
    }
}
