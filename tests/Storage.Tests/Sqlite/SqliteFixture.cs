using Microsoft.Extensions.DependencyInjection;

namespace ActorShop.Storage.Sqlite;

/// <summary>A database of its own in a folder of its own, gone after the test.</summary>
internal sealed class SqliteFixture(Action<SqliteOptions>? configure = null) : StorageFixture
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorshop-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "data", "shop.db");

    public SqliteDatabase Database => Get<SqliteDatabase>();

    public static SqliteFixture Open() => new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override void AddStorage(IServiceCollection services) => services.AddSqliteStorage(options =>
    {
        options.Path = Path;
        configure?.Invoke(options);
    });
}
