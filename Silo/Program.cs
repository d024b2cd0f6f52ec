namespace ActorShop.Silo;

/// <summary>A silo as a process of its own.</summary>
/// <remarks>No top-level statements: the API refers to this assembly, and its document generator accepts one global <c>Program</c>.</remarks>
internal static class Program
{
    private static Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);

        // Grains, storage, payments.
        builder.AddShop();

        var app = builder.Build();

        // Who runs it asks whether it does.
        app.MapGet("/health/live", static () => Results.Text("live"));

        return app.RunAsync();
    }
}
