using ActorShop.Runtime.Messaging;
using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService;

namespace ActorShop.Runtime.Membership;

/// <summary>Whether silos can speak to each other, which the table cannot know; and who goes where two cannot. Belongs to the turns of the cluster.</summary>
/// <remarks>
/// <para>Two silos that both renew their leases and do not hear each other would both live on, and what of the directory changes hands
/// between them would wait for ever. So each asks all others all the time, and notes in the table whom it cannot reach. Where a
/// suspicion stands, of two that cannot meet the one goes that cannot meet more of the others; of equals the younger.</para>
/// <para>Nobody is put to death by it: a silo reads the table, finds that it is the one, and ends itself, which revokes its lease before
/// anybody takes over. Started again it becomes active only when it can reach everybody who is.</para>
/// </remarks>
internal sealed partial class Reachability(
    MembershipService membership, SystemLink link, SystemTurns turns, TimeProvider time, ILogger logger) : IDisposable
{
    private const int MostMissed = 4;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Standing = TimeSpan.FromSeconds(4);

    private readonly ILogger _logger = logger;
    private readonly HashSet<SiloAddress> _asked = [];
    private readonly Dictionary<SiloAddress, int> _missed = [];
    private ITimer? _timer;
    private long? _losingSince;

    /// <summary>Waits until everybody who is active has answered. Who is active and dead is not for long.</summary>
    /// <exception cref="OrleansClusterConnectivityCheckFailedException">Somebody has not, within the patience.</exception>
    public Task MeetAllAsync(TimeSpan patience, CancellationToken cancellationToken) => turns.RunAsync(async () =>
    {
        var started = time.GetTimestamp();
        var met = new HashSet<SiloAddress>();
        var told = new HashSet<SiloAddress>();

        // Who is active is in the view in which this silo itself is.
        while (membership.View.StatusOf(membership.Self) == SiloStatus.None && !membership.IsDead)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await membership.AtLeastAsync(membership.View.Version + 1);
        }

        while (membership.View.Active.FirstOrDefault(silo => !met.Contains(silo)) is { } silo && !membership.IsDead)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await AnswersAsync(silo))
            {
                met.Add(silo);
                continue;
            }

            if (told.Add(silo))
            {
                LogNotMet(silo);
            }

            if (time.GetElapsedTime(started) > patience)
            {
                throw new OrleansClusterConnectivityCheckFailedException(
                    $"Silo {membership.Self} cannot join: {silo}, which is a member, has not answered it within {patience}. Can each reach the other's address, and are their certificates of one authority?");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    });

    /// <summary>Begins to ask the others.</summary>
    public void Start() => _timer = time.CreateTimer(_ => turns.Begin(WatchAsync), state: null, Period, Period);

    public void Dispose() => _timer?.Dispose();

    private Task WatchAsync()
    {
        var view = membership.View;
        foreach (var gone in _missed.Keys.Where(silo => view.StatusOf(silo) != SiloStatus.Active).ToArray())
        {
            _missed.Remove(gone);
        }

        if (membership.IsDead || view.StatusOf(membership.Self) != SiloStatus.Active)
        {
            return Task.CompletedTask;
        }

        foreach (var silo in view.Active.Where(silo => !silo.Equals(membership.Self) && !_asked.Contains(silo)))
        {
            _ = ProbeAsync(silo);
        }

        YieldIfLosing(view);
        return Task.CompletedTask;
    }

    private async Task ProbeAsync(SiloAddress silo)
    {
        _asked.Add(silo);
        var view = membership.View;
        var answers = await AnswersAsync(silo);
        _asked.Remove(silo);

        // Questions are given up when the view changes, which says nothing of anybody. Who has no lease may be the one who is cut off.
        if (!answers && (!ReferenceEquals(view, membership.View) || !membership.Lease.IsValid))
        {
            return;
        }

        var missed = _missed[silo] = answers ? 0 : _missed.GetValueOrDefault(silo) + 1;
        var isSuspected = membership.View.SuspectsOf(silo).Contains(membership.Self);
        if (!isSuspected && missed >= MostMissed)
        {
            LogUnreachable(silo, missed);
            await membership.SuspectAsync(silo, isSuspect: true);
        }
        else if (isSuspected && answers)
        {
            await membership.SuspectAsync(silo, isSuspect: false);
        }
    }

    private async Task<bool> AnswersAsync(SiloAddress silo) =>
        await link.AskAsync(silo, new SystemMessage(SystemKind.Ping) { Version = membership.View.Version }, Patience) is not null;

    private void YieldIfLosing(ClusterView view)
    {
        if (LosesTo(view) is not { } other)
        {
            _losingSince = null;
            return;
        }

        _losingSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_losingSince.Value) >= Standing)
        {
            membership.Yield($"it and {other} do not reach each other, and of the two this one goes");
        }
    }

    // All silos find the same of the same view.
    private SiloAddress? LosesTo(ClusterView view)
    {
        if (!view.HasSuspects)
        {
            return null;
        }

        SiloAddress[] PartnersOf(SiloAddress silo) =>
            [.. view.Active.Where(other => view.SuspectsOf(silo).Contains(other) || view.SuspectsOf(other).Contains(silo))];

        var self = membership.Self;
        var partners = PartnersOf(self);
        return Array.Find(partners, other => partners.Length.CompareTo(PartnersOf(other).Length) switch
        {
            > 0 => true,
            < 0 => false,
            _ => (self.Generation, self).CompareTo((other.Generation, other)) > 0,
        });
    }

    [LoggerMessage(1290, LogLevel.Warning, "This silo waits before it becomes active: {Silo} is a member and does not answer it")]
    private partial void LogNotMet(SiloAddress silo);

    [LoggerMessage(1291, LogLevel.Warning, "{Silo} is a member and has not answered {Count} times in a row: this is noted in the membership table")]
    private partial void LogUnreachable(SiloAddress silo, int count);
}
