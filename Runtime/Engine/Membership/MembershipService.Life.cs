using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>How a silo joins and leaves.</summary>
internal sealed partial class MembershipService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Enters the table as joining, and begins to renew. Its address listens already.</summary>
    /// <exception cref="OrleansException">It could not, within the time for that.</exception>
    public Task JoinAsync(CancellationToken cancellationToken) => _turns.RunAsync(async () =>
    {
        var started = _time.GetTimestamp();
        await InsistAsync(async () =>
        {
            await _table.InitializeMembershipTable(tryInitTableVersion: true);
            return true;
        }, started, cancellationToken);
        await InsistAsync(TryInsertAsync, started, cancellationToken);
        _wanted = SiloStatus.Joining;
        BeginBeats();
    });

    /// <summary>Becomes a member; completes when this silo's own view says so and its lease is valid.</summary>
    public Task ActivateAsync(CancellationToken cancellationToken) => _turns.RunAsync(async () =>
    {
        var started = _time.GetTimestamp();
        await InsistAsync(() => Task.FromResult(Lease.IsValid), started, cancellationToken);
        await ChangeAsync(SiloStatus.Active, cancellationToken);
    });

    /// <summary>Says that it is leaving; completes when this silo's own view says so.</summary>
    public Task BeginLeavingAsync(CancellationToken cancellationToken) =>
        _turns.RunAsync(() => ChangeAsync(SiloStatus.ShuttingDown, cancellationToken));

    /// <summary>Says that it is gone: it has no activations any more.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => _turns.RunAsync(async () =>
    {
        await ChangeAsync(SiloStatus.Dead, cancellationToken);
        Lease.Revoke();
        Dispose();
    });

    /// <summary>Notes, or takes back, that this silo cannot reach another. Once; whoever asks may ask again.</summary>
    public async Task SuspectAsync(SiloAddress silo, bool isSuspect)
    {
        try
        {
            var data = await _table.ReadAll();
            if (_stopped || data.TryGet(silo) is not { Item1: { Status: SiloStatus.Active } entry, Item2: var etag })
            {
                return;
            }

            entry.SuspectTimes = [.. (entry.SuspectTimes ?? []).Where(suspicion => !suspicion.Item1.Equals(Self))];
            if (isSuspect)
            {
                entry.AddSuspector(Self, _time.GetUtcNow().UtcDateTime);
            }

            await _table.UpdateRow(entry, etag, data.Version.Next());
        }
        catch (Exception exception)
        {
            LogTableFailed(exception);
        }

        Look();
    }

    /// <summary>Ends this silo by its own decision: its lease is over at once, and the others find that it is not renewed.</summary>
    public void Yield(string why) => Die(why);

    private async Task ChangeAsync(SiloStatus status, CancellationToken cancellationToken)
    {
        if (IsDead)
        {
            return;
        }

        _wanted = status;
        await InsistAsync(() => TryChangeAsync(status), _time.GetTimestamp(), cancellationToken);
        Look();
        while (_view.StatusOf(Self) < status && !IsDead)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await AtLeastAsync(_view.Version + 1);
        }
    }

    private async Task<bool> TryInsertAsync()
    {
        var data = await _table.ReadAll();
        if (data.TryGet(Self) is { } known)
        {
            // Only an insertion whose answer was lost: nobody else has this generation.
            return known.Item1.Status == SiloStatus.Joining;
        }

        var now = _time.GetUtcNow().UtcDateTime;
        return await _table.InsertRow(
            new MembershipEntry
            {
                SiloAddress = Self,
                Status = SiloStatus.Joining,
                SiloName = _self.Name,
                HostName = _self.HostName,
                ProxyPort = _self.ProxyPort,
                StartTime = now,
                IAmAliveTime = now,
            },
            data.Version.Next());
    }

    private async Task<bool> TryChangeAsync(SiloStatus status)
    {
        var data = await _table.ReadAll();
        if (data.TryGet(Self) is not { Item1: var entry, Item2: var etag } || entry.Status == SiloStatus.Dead)
        {
            Die("the table says that it is dead");
            return true;
        }

        if (entry.Status >= status)
        {
            return true;
        }

        entry.Status = status;
        entry.IAmAliveTime = _time.GetUtcNow().UtcDateTime;
        return await _table.UpdateRow(entry, etag, data.Version.Next());
    }

    // Others change the table at the same time, and it may be away for a moment: so one asks again.
    private async Task InsistAsync(Func<Task<bool>> attempt, long started, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Exception? failure = null;
            try
            {
                if (await attempt())
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = exception;
                LogTableFailed(exception);
            }

            if (_time.GetElapsedTime(started) > _options.MaxJoinAttemptTime)
            {
                throw new OrleansException($"Silo {Self} could not change the membership table within {_options.MaxJoinAttemptTime}.", failure!);
            }

            await Task.Delay(Pause, _time, cancellationToken);
        }
    }

    [LoggerMessage(1250, LogLevel.Information, "Membership is now {View}")]
    private partial void LogView(ClusterView view);

    [LoggerMessage(1251, LogLevel.Warning, "The lease could not be renewed; it is valid for {Left}")]
    private partial void LogRenewalFailed(Exception exception, TimeSpan left);

    [LoggerMessage(1252, LogLevel.Warning, "The membership table could not be read")]
    private partial void LogLookFailed(Exception exception);

    [LoggerMessage(1253, LogLevel.Warning, "Silo {Silo} is declared dead: renewal {Renewal} has not changed for {Elapsed}")]
    private partial void LogDeclared(SiloAddress silo, long renewal, TimeSpan elapsed);

    [LoggerMessage(1254, LogLevel.Warning, "Silo {Silo} could not be declared dead")]
    private partial void LogDeclarationFailed(Exception exception, SiloAddress silo);

    [LoggerMessage(1255, LogLevel.Critical, "This silo, {Silo}, is dead to the others and ends: {Why}")]
    private partial void LogDied(SiloAddress silo, string why);

    [LoggerMessage(1256, LogLevel.Warning, "The membership table could not be changed; trying again")]
    private partial void LogTableFailed(Exception exception);
}
