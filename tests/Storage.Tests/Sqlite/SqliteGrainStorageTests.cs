using Orleans.Storage;

namespace ActorShop.Storage.Sqlite;

public sealed class SqliteGrainStorageTests : GrainStorageContract
{
    private readonly SqliteFixture _sqlite = SqliteFixture.Open();

    protected override IGrainStorage Storage => _sqlite.Storage;

    protected override IEventTable Events => _sqlite.Get<IEventTable>();

    protected override IDueTable Due => _sqlite.Get<IDueTable>();

    public override Task InitializeAsync() => Task.CompletedTask;

    public override async Task DisposeAsync() => await _sqlite.DisposeAsync();

    protected override Task RestartAsync() => _sqlite.CloseAsync();
}
