namespace ActorShop.Storage.Sqlite;

public sealed class SqliteReminderTableTests : ReminderTableContract
{
    private readonly SqliteFixture _sqlite = SqliteFixture.Open();

    protected override IReminderTable Table => _sqlite.Get<IReminderTable>();

    public override Task InitializeAsync() => Task.CompletedTask;

    public override async Task DisposeAsync() => await _sqlite.DisposeAsync();
}
