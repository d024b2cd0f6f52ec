using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Reporting;

/// <summary>Projects committed events into the read models.</summary>
/// <remarks>Every silo runs one. The store lets one of them project at a time, and counts each event once.</remarks>
internal sealed partial class Projector(IReadModels readModels, IOptions<ReportingOptions> options, ILogger<Projector> logger) : IWorker
{
    public async Task<TimeSpan> RunOnceAsync()
    {
        try
        {
            return await ProjectAsync() > 0 ? options.Value.BusyPause : options.Value.IdlePause;
        }
        catch (Exception failure)
        {
            LogNotProjected(failure, Projections.Reporting);
            return options.Value.IdlePause;
        }
    }

    private async Task<int> ProjectAsync()
    {
        var projected = 0;
        for (var batch = 0; batch < options.Value.BatchesPerRound; batch++)
        {
            var events = await readModels.ProjectAsync(Projections.Reporting, options.Value.BatchSize);
            projected += events;
            if (events < options.Value.BatchSize)
            {
                break;
            }
        }

        return projected;
    }

    [LoggerMessage(2201, LogLevel.Warning, "The projection {Projection} failed. It will be retried.")]
    private partial void LogNotProjected(Exception failure, string projection);
}
