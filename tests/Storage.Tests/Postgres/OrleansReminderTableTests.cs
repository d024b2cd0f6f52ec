using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorShop.Storage.Postgres;

/// <summary>Microsoft's own reminder table over our schema keeps to the contract of ours.</summary>
[NeedsPostgres]
public sealed class OrleansReminderTableTests : ReminderTableContract
{
    private IHost? _silo;

    protected override IReminderTable Table => _silo!.Services.GetRequiredService<IReminderTable>();

    public override async Task InitializeAsync() => _silo = await OrleansHost.StartSiloAsync(await TestServer.NewDatabaseAsync());

    public override async Task DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.StopAsync();
            _silo.Dispose();
        }
    }

    // Orleans takes such a tag for a bug of the caller, and throws.
    public override async Task Remove_WithATagThatIsNoVersion_IsRefused() =>
        await Should.ThrowAsync<FormatException>(base.Remove_WithATagThatIsNoVersion_IsRefused);
}
