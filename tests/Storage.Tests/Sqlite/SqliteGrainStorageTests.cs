namespace ActorShop.Storage.Sqlite;

public sealed class SqliteGrainStorageTests : GrainStorageContract
{
    private protected override Task<StorageFixture> OpenAsync() => Task.FromResult<StorageFixture>(new SqliteFixture());
}
