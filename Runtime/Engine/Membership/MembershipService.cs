using ActorShop.Runtime.Scheduling;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>This silo's part in the membership: it keeps its own lease, watches those of others, and follows the table's views.</summary>
/// <remarks>
/// All work is done in the turns of the cluster. Renewals and looks at the table overlap, so that one that hangs does not
/// cost the lease; there are never more than a few of each. Views only ever go forward.
/// </remarks>
internal sealed partial class MembershipService : IDisposable
{
    // A renewal that hangs must not keep the next one from trying.
    private const int MostAtOnce = 3;

    private readonly SiloIdentity _self;
    private readonly IMembershipTable _table;
    private readonly ILeaseTable _leases;
    private readonly ClusterMembershipOptions _options;
    private readonly TimeProvider _time;
    private readonly SystemTurns _turns;
    private readonly ILogger _logger;
    private readonly LeaseObserver _observer;
    private readonly HashSet<SiloAddress> _declaring = [];
    private readonly List<(int Version, TaskCompletionSource Waiter)> _waiters = [];
    private ITimer? _beat;
    private ITimer? _suspicion;
    private volatile ClusterView _view = ClusterView.None;
    private SiloStatus _wanted = SiloStatus.Created;
    private int _renewing;
    private int _looking;
    private bool _lookAgain;
    private bool _stopped;

    public MembershipService(
        SiloIdentity self,
        IMembershipTable table,
        ILeaseTable leases,
        ClusterMembershipOptions options,
        TimeProvider time,
        SystemTurns turns,
        MembershipLog log,
        ILogger logger)
    {
        (_self, _table, _leases, _options, _time, _turns, _logger) = (self, table, leases, options, time, turns, logger);
        Log = log;
        Lease = new Lease(time, options.LeaseDuration);
        _observer = new LeaseObserver(
            time, options.LeaseDuration * (1 + options.LeaseDriftMargin), longestGap: options.LeaseDuration / 2);
    }

    /// <summary>Who this silo is.</summary>
    public SiloAddress Self => _self.Address;

    /// <summary>This silo's right to answer.</summary>
    public Lease Lease { get; }

    public MembershipLog Log { get; }

    /// <summary>The newest view. Safe to read from any thread.</summary>
    public ClusterView View => _view;

    /// <summary>Whether the table has said that this silo is dead, or the silo itself has.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Who is told; set before the silo joins.</summary>
    public IMembershipListener? Listener { get; set; }

    /// <summary>Looks at the table soon; two looks that are asked for together are one. Safe from any thread.</summary>
    public void Look() => _turns.Begin(LookAsync);

    /// <summary>Waits for a view that is not older than a version; looks for it at once. In the turns of the cluster.</summary>
    public Task AtLeastAsync(int version)
    {
        if (_view.Version >= version || _stopped)
        {
            return Task.CompletedTask;
        }

        var waiter = new TaskCompletionSource();
        _waiters.Add((version, waiter));
        Look();
        return waiter.Task;
    }

    public void Dispose()
    {
        _stopped = true;
        _beat?.Dispose();
        _suspicion?.Dispose();
    }

    private void BeginBeats()
    {
        _suspicion = _time.CreateTimer(
            static self => ((MembershipService)self!)._turns.Begin(((MembershipService)self).DeclareOverdueAsync),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _beat = _time.CreateTimer(
            static self => ((MembershipService)self!).Beat(), this, TimeSpan.Zero, _options.LeaseRenewalPeriod);
    }

    private void Beat()
    {
        _turns.Begin(RenewAsync);
        _turns.Begin(LookAsync);
    }

    private async Task RenewAsync()
    {
        if (_stopped || _renewing >= MostAtOnce)
        {
            return;
        }

        _renewing++;
        var sent = _time.GetTimestamp();
        try
        {
            if (await _leases.RenewAsync(Self, _time.GetUtcNow().UtcDateTime))
            {
                Lease.Extend(sent);
                Listener?.OnRenewed();
            }
            else
            {
                Die("the table refused to renew the lease");
            }
        }
        catch (Exception exception)
        {
            LogRenewalFailed(exception, Lease.Left);
        }
        finally
        {
            _renewing--;
        }
    }

    private async Task LookAsync()
    {
        if (_stopped)
        {
            return;
        }

        if (_looking >= MostAtOnce)
        {
            _lookAgain = true;
            return;
        }

        _looking++;
        try
        {
            Adopt(await _leases.ReadAllAsync());
            await DeclareOverdueAsync();
        }
        catch (Exception exception)
        {
            LogLookFailed(exception);
        }
        finally
        {
            _looking--;
        }

        // A wish that came while nothing more was let through. A read that has failed waits for the next beat instead.
        if (_lookAgain)
        {
            _lookAgain = false;
            await LookAsync();
        }
    }

    private void Adopt(LeaseTableData data)
    {
        if (_stopped)
        {
            return;
        }

        _observer.See(data.Members.Members
            .Where(row => row.Item1.Status != SiloStatus.Dead && !row.Item1.SiloAddress.Equals(Self))
            .Select(row => (row.Item1.SiloAddress, data.Renewals.GetValueOrDefault(row.Item1.SiloAddress))));
        Follow(data.Members);
        if (_observer.UntilNext is { } wait && !_stopped)
        {
            _suspicion?.Change(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    private void Follow(MembershipTableData data)
    {
        var old = _view;
        if (data.Version.Version <= old.Version)
        {
            return;
        }

        var view = new ClusterView(data);
        _view = view;
        LogView(view);
        foreach (var (entry, _) in data.Members)
        {
            if (old.StatusOf(entry.SiloAddress) != entry.Status)
            {
                Note(entry.SiloAddress, entry.Status, entry.SuspectTimes?.LastOrDefault()?.Item1, "seen in the table");
            }
        }

        Listener?.OnView(old, view);
        foreach (var (_, waiter) in _waiters.Where(waiting => waiting.Version <= view.Version).ToArray())
        {
            waiter.TrySetResult();
        }

        _waiters.RemoveAll(waiting => waiting.Version <= view.Version);
        var status = view.StatusOf(Self);
        if (status == SiloStatus.Dead || (status == SiloStatus.None && old.StatusOf(Self) != SiloStatus.None))
        {
            Die(status == SiloStatus.Dead ? "the table says that it is dead" : "the table does not know it any more");
        }
    }

    private async Task DeclareOverdueAsync()
    {
        // Who may not answer itself may not judge either: it may be the one who is cut off.
        if (_stopped || !_options.LivenessEnabled || !Lease.IsValid)
        {
            return;
        }

        foreach (var overdue in _observer.FindOverdue())
        {
            if (!_declaring.Add(overdue.Silo))
            {
                continue;
            }

            try
            {
                await DeclareAsync(overdue);
            }
            finally
            {
                _declaring.Remove(overdue.Silo);
            }
        }
    }

    private async Task DeclareAsync(Overdue overdue)
    {
        try
        {
            if (await _leases.DeclareDeadAsync(overdue.Silo, overdue.Renewal, Self, _time.GetUtcNow().UtcDateTime))
            {
                Note(overdue.Silo, SiloStatus.Dead, Self, "its lease is over", overdue);
                LogDeclared(overdue.Silo, overdue.Renewal, overdue.Elapsed);
            }
        }
        catch (Exception exception)
        {
            LogDeclarationFailed(exception, overdue.Silo);
        }

        // Whatever came of it, the table knows.
        Adopt(await _leases.ReadAllAsync());
    }

    private void Die(string why)
    {
        if (IsDead || _wanted == SiloStatus.Dead)
        {
            return;
        }

        IsDead = true;
        Lease.Revoke();
        Note(Self, SiloStatus.Dead, by: null, why);
        LogDied(Self, why);
        Dispose();
        Listener?.OnDied();
    }

    private void Note(SiloAddress silo, SiloStatus status, SiloAddress? by, string why, Overdue? evidence = null) => Log.Add(new(
        _time.GetUtcNow(), silo, status, by, why, _view.Version, evidence?.Renewal ?? -1, evidence?.Elapsed ?? TimeSpan.Zero));
}

/// <summary>Is told what happens to the membership, in the turns of the cluster.</summary>
internal interface IMembershipListener
{
    /// <summary>There is a new view, and it is the current one. One after the other, in the order of their versions.</summary>
    void OnView(ClusterView old, ClusterView view);

    /// <summary>The lease was renewed.</summary>
    void OnRenewed();

    /// <summary>This silo is dead, by the word of the table or its own. Once.</summary>
    void OnDied();
}

/// <summary>How a silo presents itself.</summary>
/// <param name="Address">Which silo, and which life of it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="HostName">The machine.</param>
/// <param name="ProxyPort">The port for clients; 0 where it takes none.</param>
internal sealed record SiloIdentity(SiloAddress Address, string Name, string HostName, int ProxyPort);
