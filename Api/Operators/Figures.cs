using System.Collections.Immutable;
using ActorShop.Api.Hosting;
using ActorShop.Reporting;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace ActorShop.Api.Operators;

/// <summary>Collects what the operators' page shows.</summary>
/// <remarks>Viewers share an answer, which is used for twenty times as long as it took: however many look, they cost the shop little.</remarks>
internal sealed class Figures(
    HealthDetails health, RequestFigures requests, HttpAddresses addresses, IServiceProvider services, TimeProvider clock)
{
    private const int Reuse = 20;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly ISiloMetadataCache? _metadata = services.GetService<ISiloMetadataCache>();
    private Task<FiguresResponse>? _latest;
    private DateTimeOffset _until;

    public Task<FiguresResponse> ReadAsync(string? dashboard)
    {
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetUtcNow() >= _until))
            {
                _latest = CollectAsync(dashboard);
            }

            return _latest;
        }
    }

    private async Task<FiguresResponse> CollectAsync(string? dashboard)
    {
        var now = clock.GetUtcNow();
        var sagas = health.AskAsync(static grains => grains.Queries().FindSagasAsync(step: null, after: null, HealthDetails.MostCounted));
        var due = health.AskAsync<ImmutableArray<DueWork>?>(async grains => await grains.Queries().GetDueWorkAsync(now));
        var members = health.AskAsync(static grains => grains.GetGrain<IManagementGrain>(0).GetDetailedHosts());
        var figures = new FiguresResponse(
            now, addresses.Public.Port, dashboard, await health.ExamineAsync(sagas),
            (await members)?.OrderBy(static member => member.SiloName, StringComparer.Ordinal).Select(member => Render(member, now)).ToArray(),
            (await sagas)?.Items.GroupBy(static saga => saga.Step, StringComparer.Ordinal).Select(step => Render(step.Key, [.. step], now)).ToArray(),
            (await due)?.Select(work => new DueWorkResponse(work.Kind, work.Count, Seconds(now - work.Oldest))).ToArray(),
            requests.ByMinute(), requests.ByRoute());
        var took = clock.GetUtcNow() - now;
        lock (_gate)
        {
            _until = clock.GetUtcNow() + (took * Reuse > Shortest ? took * Reuse : Shortest);
        }

        return figures;
    }

    private static SagaStepResponse Render(string step, SagaEntry[] sagas, DateTimeOffset now) => new(
        step, sagas.Length, sagas.Count(saga => saga.Due is null || now - saga.Due > StuckAfter),
        sagas.Min(static saga => saga.Due) is { } oldest && oldest < now ? Seconds(now - oldest) : null);

    private MemberResponse Render(MembershipEntry member, DateTimeOffset now)
    {
        var facts = _metadata?.GetSiloMetadata(member.SiloAddress).Metadata;
        return new(
            member.SiloName, member.ProxyPort == 0 ? "api" : "silo", member.SiloAddress.Endpoint.ToString(), Words.Of(member.Status.ToString()),
            facts?.GetValueOrDefault("version"), (long)(now.UtcDateTime - member.StartTime).TotalSeconds);
    }

    private static double Seconds(TimeSpan age) => Math.Round(age.TotalSeconds, 1);
}
