namespace ActorShop.Storage.Postgres;

[NeedsPostgres]
public sealed class PostgresReminderTableTests : ReminderTableContract
{
    private PostgresFixture _postgres = null!;

    protected override IReminderTable Table => _postgres.Get<IReminderTable>();

    public override async Task InitializeAsync() => _postgres = await PostgresFixture.OpenAsync();

    public override async Task DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}
