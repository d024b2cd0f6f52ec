using ActorShop.Catalog.Sample;
using ActorShop.Reporting;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo;

/// <summary>Imports the sample catalogue once the silo has started, if the shop gets one. A failed import is repeated until it succeeds.</summary>
internal sealed partial class SampleCatalogueImport(
    IGrainFactory grains, IReadModels readModels, IOptions<ShopOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<SampleCatalogueImport> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.SampleCatalogue is not true)
        {
            return;
        }

        await lifetime.WaitForStartAsync(stoppingToken);
        for (var pause = TimeSpan.FromSeconds(1); !await TryImportAsync(stoppingToken); pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private async Task<bool> TryImportAsync(CancellationToken stopping)
    {
        try
        {
            if (await new SampleCatalogue(grains).ImportOnceAsync(() => ProjectedAsync(stopping)))
            {
                LogImported(logger);
            }

            return true;
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogFault(logger, fault);
            return false;
        }
    }

    // The import is complete when lists show the catalogue.
    private async Task ProjectedAsync(CancellationToken stopping)
    {
        while (await readModels.GetLagAsync(Projections.Reporting) > 0)
        {
            await Task.Delay(PollPause, clock, stopping);
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "The sample catalogue is imported.")]
    private static partial void LogImported(ILogger logger);

    [LoggerMessage(2002, LogLevel.Error, "The import of the sample catalogue failed; it is repeated.")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
