using ActorShop.Reporting;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo;

/// <summary>What a silo tells whoever runs it: HTTP routes under <c>/health</c>.</summary>
internal static class SiloHealth
{
    public static void MapSiloHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health");

        // Asks nobody: a silo that waits for its database is no reason to restart it.
        health.MapGet("/live", static () => Results.Text("live"));
        health.MapGet("/startup", static (IHostApplicationLifetime lifetime) => Answer(lifetime.ApplicationStarted.IsCancellationRequested, "started"));
        health.MapGet("/ready", GetReady);
    }

    // First what the engine knows of itself: a silo without a lease need not be asked. Then a grain of this silo that reads the database: no
    // database or no turn, no answer in time.
    private static async Task<IResult> GetReady(
        IGrainFactory grains, IHostApplicationLifetime lifetime, IEnumerable<IHealthCheckParticipant> parts, IOptions<SiloOptions> options, TimeProvider clock)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Answer(holds: false, "ready", "the process starts or stops.");
        }

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var part in parts)
        {
            if (!part.CheckHealth(now, out var reason))
            {
                return Answer(holds: false, "ready", reason);
            }
        }

        try
        {
            await grains.Queries().GetOutboxAsync(after: null, limit: 1).WaitAsync(options.Value.ReadinessBudget, clock);
            return Answer(holds: true, "ready");
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or OperationCanceledException)
        {
            return Answer(holds: false, "ready", $"a grain that reads the database did not answer ({fault.GetType().Name}).");
        }
    }

    private static IResult Answer(bool holds, string word, string? reason = null) =>
        holds ? Results.Text(word) : Results.Text(reason is null ? $"not {word}" : $"not {word}: {reason}", statusCode: StatusCodes.Status503ServiceUnavailable);
}
