using System.Net;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo;

/// <summary>A silo as a process of its own.</summary>
/// <remarks>No top-level statements: the API refers to this assembly, and its document generator accepts one global <c>Program</c>.</remarks>
internal static class Program
{
    private static Task<int> Main(string[] args) => HostExit.RunShopAsync(() =>
    {
        // Settings lie beside the program, wherever it is started; data lies where it is started.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

        // Grains, storage, payments; one of a cluster where the configuration names one.
        builder.AddShop();

        // Who runs it asks whether it does, too often for the log.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(
            IPEndPoint.Parse(kestrel.ApplicationServices.GetRequiredService<IOptions<SiloOptions>>().Value.Operators)));

        var app = builder.Build();
        app.MapSiloHealth();
        return app;
    });
}
