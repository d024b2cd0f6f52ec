using ActorShop.PaymentSimulator.Acquiring;

namespace ActorShop.PaymentSimulator;

/// <summary>The provider as a process of its own.</summary>
/// <remarks>No top-level statements: the API refers to this assembly, and its document generator accepts one global <c>Program</c>.</remarks>
internal static class Program
{
    private static Task Main(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddPaymentSimulator();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = 16 * 1024);

        var app = builder.Build();

        // The journal is read before the first request is taken.
        _ = app.Services.GetRequiredService<Acquirer>();

        app.MapPayments();

        return app.RunAsync();
    }
}
