using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Journal;
using ActorShop.Silo.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorShop.Payments;

public sealed class HttpPaymentProviderTests
{
    [Fact]
    public async Task Operation_ReturnsTheProvidersAnswer_AndIsFoundByItsKey()
    {
        await using var simulator = await Simulator.StartAsync();
        (await simulator.Provider.FindAsync("pay_1.authorise")).ShouldBeOfType<ProviderAnswer.NotFound>();

        (await simulator.Provider.ExecuteAsync(Authorise("tok_ok"))).ShouldBeOfType<ProviderAnswer.Done>();
        (await simulator.Provider.ExecuteAsync(Authorise("tok_ok"))).ShouldBeOfType<ProviderAnswer.Done>();

        (await simulator.Provider.FindAsync("pay_1.authorise")).ShouldBeOfType<ProviderAnswer.Done>();
        simulator.Journal.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Decline_HasTheProvidersCode()
    {
        await using var simulator = await Simulator.StartAsync();
        (await simulator.Provider.ExecuteAsync(Authorise("tok_declined"))).ShouldBe(new ProviderAnswer.Declined("card_declined"));
    }

    [Fact]
    public async Task LostAnswer_IsUnknown_AndFoundByTheKey()
    {
        await using var simulator = await Simulator.StartAsync();
        (await simulator.Provider.ExecuteAsync(Authorise("tok_timeout"))).ShouldBeOfType<ProviderAnswer.Unknown>();

        (await simulator.Provider.FindAsync("pay_1.authorise")).ShouldBeOfType<ProviderAnswer.Done>();
    }

    [Fact]
    public async Task LateDecision_IsUnknownUntilThen()
    {
        await using var simulator = await Simulator.StartAsync();
        (await simulator.Provider.ExecuteAsync(Authorise("tok_late"))).ShouldBeOfType<ProviderAnswer.Unknown>();
        (await simulator.Provider.FindAsync("pay_1.authorise")).ShouldBeOfType<ProviderAnswer.Unknown>();
    }

    [Fact]
    public async Task UnreachableProvider_IsUnknown()
    {
        await using var simulator = await Simulator.StartAsync();
        await simulator.StopAsync();

        (await simulator.Provider.ExecuteAsync(Authorise("tok_ok"))).ShouldBeOfType<ProviderAnswer.Unknown>();
        (await simulator.Provider.FindAsync("pay_1.authorise")).ShouldBeOfType<ProviderAnswer.Unknown>();
    }

    private static ProviderOperation Authorise(string token) =>
        new("pay_1.authorise", ProviderOperationKind.Authorise, new("pay_1"), new(100, "GBP"), token);

    private sealed class Simulator(WebApplication app, MemoryJournal journal, HttpPaymentProvider provider) : IAsyncDisposable
    {
        public MemoryJournal Journal => journal;

        public HttpPaymentProvider Provider => provider;

        public static async Task<Simulator> StartAsync()
        {
            var journal = new MemoryJournal();
            var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new Acquirer(journal, TimeProvider.System, new SimulatorOptions()));
            var app = builder.Build();
            app.MapPayments();
            await app.StartAsync();
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return new(app, journal, new(new HttpPaymentOptions { Url = new(address), Timeout = TimeSpan.FromSeconds(1) }, TimeProvider.System));
        }

        public Task StopAsync() => app.StopAsync();

        public async ValueTask DisposeAsync()
        {
            provider.Dispose();
            await app.DisposeAsync();
        }
    }
}
