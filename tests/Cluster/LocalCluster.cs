using System.Globalization;
using System.Security.Cryptography;

namespace ActorShop.Cluster;

/// <summary>A cluster of real processes on this machine: database, payment provider, silos and APIs, remembered in a folder.</summary>
/// <remarks>
/// The processes outlive whoever started them. Several may work on one cluster at once: what belongs to it is read from its folder
/// each time, and a process is looked at before it is sent a signal, since its id may be another's by then.
/// </remarks>
internal sealed class LocalCluster : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(3);

    private readonly StateFile _file;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http = new() { Timeout = QuestionLimit };

    private LocalCluster(string folder, TimeProvider clock)
    {
        Folder = folder;
        _file = new StateFile(folder);
        _clock = clock;
    }

    /// <summary>Where its state, its logs and its data are.</summary>
    public string Folder { get; }

    /// <summary>What it consists of now.</summary>
    public ClusterState State => _file.Find()
        ?? throw new ClusterException($"there is no cluster in {Folder}: start one with cluster up");

    /// <summary>Starts a cluster, with the data of the folder's last one where there was one, and waits until it is ready.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="plan">What it is to consist of.</param>
    /// <param name="clock">The time.</param>
    /// <param name="tell">Told of each step.</param>
    /// <param name="cancellationToken">Ends the waiting; what was started is stopped.</param>
    /// <exception cref="ClusterException">It does not start; what was started is stopped.</exception>
    public static async Task<LocalCluster> StartAsync(
        string folder, ClusterPlan plan, TimeProvider clock, Action<string> tell, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ClusterException("clusters of processes want Linux; elsewhere docker-compose does the same");
        }

        var cluster = new LocalCluster(Directory.CreateDirectory(folder).FullName, clock);
        try
        {
            await cluster.PrepareAsync(plan, cancellationToken);
        }
        catch
        {
            cluster.Dispose();
            throw;
        }

        try
        {
            await cluster.StartMembersAsync(plan, tell, cancellationToken);
            return cluster;
        }
        catch
        {
            using (cluster)
            {
                await cluster.StopAllAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
            }

            throw;
        }
    }

    /// <summary>The cluster of a folder.</summary>
    /// <exception cref="ClusterException">There is none.</exception>
    public static LocalCluster Open(string folder, TimeProvider clock)
    {
        var cluster = new LocalCluster(Path.GetFullPath(folder), clock);
        _ = cluster.State;
        return cluster;
    }

    /// <summary>Starts one more silo or API on ports of its own. Does not wait for it.</summary>
    public Task<MemberProcess> AddAsync(MemberRole role, CancellationToken cancellationToken = default) => AddAsync(role, detour: null, cancellationToken);

    /// <summary>Starts a process again that has ended, under its name and on its ports. Does not wait for it.</summary>
    /// <exception cref="ClusterException">It runs.</exception>
    public async Task<MemberProcess> RestartAsync(string name, CancellationToken cancellationToken = default)
    {
        var state = await _file.ChangeAsync(
            state =>
            {
                var member = (state ?? State).Member(name);
                return member.Condition is ProcessCondition.Gone
                    ? state!.With(Begin(state, member))
                    : throw new ClusterException($"{name} runs already, as process {Show(member.Process.Id)}");
            },
            cancellationToken);
        return state.Member(name);
    }

    /// <summary>Ends a process without a chance to say anything, as a power cut does.</summary>
    /// <remarks>The processes of a PostgreSQL that is killed end by themselves, and until they have another one does not start.</remarks>
    public async Task KillAsync(string name)
    {
        var member = Running(name);
        await MarkStoppedAsync(member);
        await ProcessControl.KillTreeAsync(member.Process, _clock);
    }

    /// <summary>Stops a process where it is: its connections stay open, and nobody answers on them.</summary>
    public async Task PauseAsync(string name)
    {
        // Each thread stops by itself, and some a moment later.
        var member = Signal(name, UnixSignal.Stop);
        while (member.Condition is ProcessCondition.Running)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), _clock);
        }
    }

    /// <summary>Lets a process go on that was paused.</summary>
    public void Resume(string name) => Signal(name, UnixSignal.Continue);

    /// <summary>Ends a process in order, and kills it when it takes longer than the patience.</summary>
    /// <returns>Whether it ended by itself; true where it had ended before.</returns>
    public Task<bool> StopAsync(string name, TimeSpan patience, CancellationToken cancellationToken = default) =>
        StopAsync(State.Member(name), patience, cancellationToken);

    /// <summary>Ends everything in order: APIs, silos, the payment provider, the database.</summary>
    /// <returns>Who had to be killed.</returns>
    public async Task<IReadOnlyList<string>> StopAllAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var killed = new List<string>();
        foreach (var role in new[] { MemberRole.Api, MemberRole.Silo, MemberRole.Payments, MemberRole.Postgres })
        {
            var members = State.Members.Where(member => member.Role == role).ToArray();
            var ended = await Task.WhenAll(members.Select(member => StopAsync(member, patience, cancellationToken)));
            killed.AddRange(members.Zip(ended).Where(static pair => !pair.Second).Select(static pair => pair.First.Name));
        }

        return killed;
    }

    /// <summary>Asks every process how it is.</summary>
    public async Task<IReadOnlyList<MemberStatus>> AskAsync(CancellationToken cancellationToken = default)
    {
        var state = State;
        return await Task.WhenAll(state.Members.Select(async member => new MemberStatus(member, await AskAsync(state, member, cancellationToken))));
    }

    /// <summary>Waits until a process is ready.</summary>
    /// <exception cref="ClusterException">It ended, or it was not ready in time; with the last of what it said.</exception>
    public async Task WaitUntilReadyAsync(string name, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            var state = State;
            var word = await AskAsync(state, state.Member(name), cancellationToken);
            if (word is MemberStatus.Ready)
            {
                return;
            }

            if (word is MemberStatus.Gone)
            {
                throw new ClusterException($"{name} ended{LastWords(name)}");
            }

            if (_clock.GetElapsedTime(began) > patience)
            {
                throw new ClusterException(string.Create(CultureInfo.InvariantCulture, $"{name} is not ready after {patience.TotalSeconds:N0} s: {word}{LastWords(name)}"));
            }

            await Task.Delay(Again, _clock, cancellationToken);
        }
    }

    /// <summary>Forgets the folder; no process is touched.</summary>
    public void Dispose() => _http.Dispose();

    private static string NextName(ClusterState state, MemberRole role)
    {
        var prefix = role is MemberRole.Silo ? "silo-" : "api-";
        var last = state.Members
            .Where(member => member.Role == role)
            .Select(member => int.Parse(member.Name[prefix.Length..], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        return prefix + Show(last + 1);
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<MemberProcess> AddAsync(
        MemberRole role, Func<ClusterState, MemberProcess, Detour>? detour, CancellationToken cancellationToken)
    {
        var added = default(MemberProcess);
        await _file.ChangeAsync(
            state =>
            {
                var member = MemberPlan.Of(role, NextName(state!, role));
                added = Begin(state!, member with { Detour = detour?.Invoke(state!, member) });
                return state!.With(added);
            },
            cancellationToken);
        return added!;
    }

    // The database knows whose it is, and silos of two engines must not meet under one name.
    private static string ClusterId(ClusterState? before, ClusterPlan plan) =>
        before is not null && before.Programs.Silo.SequenceEqual(plan.Programs.Silo, StringComparer.Ordinal)
            ? before.ClusterId
            : $"local-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    private async Task PrepareAsync(ClusterPlan plan, CancellationToken cancellationToken)
    {
        // The database is made outside the lock, which others wait for in vain while files are written.
        var before = _file.Find();
        var database = plan.Connection is { } connection ? new ClusterDatabase(connection, Folder: null)
            : before?.Database is { Folder: not null } own ? own
            : await ClusterDatabase.CreateAsync(Path.Combine(Folder, "postgres"), cancellationToken);
        await _file.ChangeAsync(
            state => state?.Members.FirstOrDefault(static member => member.Condition is not ProcessCondition.Gone) is { } running
                ? throw new ClusterException($"a cluster runs in {Folder} ({running.Name} is process {Show(running.Process.Id)}): cluster status, cluster stop")
                : new ClusterState(
                    ClusterId(state, plan), "actorshop", database, plan.Programs, plan.Settings, []),
            cancellationToken);
    }

    private async Task StartMembersAsync(ClusterPlan plan, Action<string> tell, CancellationToken cancellationToken)
    {
        var state = State;
        if (state.Database.Folder is not null)
        {
            state = await StartServerAsync(tell, cancellationToken);
        }

        await state.Database.WaitAsync(
            plan.Patience,
            () => State.Members.Any(static member => member is { Role: MemberRole.Postgres, Condition: ProcessCondition.Gone }),
            _clock,
            cancellationToken);
        await state.Database.MigrateAsync(migration => tell($"applied {migration}"), cancellationToken);

        await _file.ChangeAsync(
            static known => known!.With(MemberPlan.Of(MemberRole.Payments, "payments")), cancellationToken);
        await RestartAsync("payments", cancellationToken);
        tell($"starting {Show(plan.Silos)} silos and {Show(plan.Apis)} APIs");
        for (var i = 0; i < plan.Silos + plan.Apis; i++)
        {
            await AddAsync(i < plan.Silos ? MemberRole.Silo : MemberRole.Api, plan.Detour, cancellationToken);
        }

        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(State.Members.Select(async member =>
        {
            try
            {
                await WaitUntilReadyAsync(member.Name, plan.Patience, failed.Token);
            }
            catch (ClusterException)
            {
                // The others need not be waited for; the first reason is the one to tell.
                await failed.CancelAsync();
                throw;
            }
        }));
    }

    private async Task<ClusterState> StartServerAsync(Action<string> tell, CancellationToken cancellationToken)
    {
        tell("starting PostgreSQL");
        var server = MemberPlan.Of(MemberRole.Postgres, "postgres");
        return await _file.ChangeAsync(
            state =>
            {
                var here = state! with { Database = state.Database.At(server.Address) };
                return here.With(Begin(here, server));
            },
            cancellationToken);
    }

    private MemberProcess Begin(ClusterState state, MemberProcess member) =>
        member with { Process = ProcessControl.Start(MemberPlan.Launch(state, member, Folder)), IsStopped = false };

    private Task<ClusterState> MarkStoppedAsync(MemberProcess member) =>
        _file.ChangeAsync(state => state!.With(state.Member(member.Name) with { IsStopped = true }));

    private MemberProcess Running(string name)
    {
        var member = State.Member(name);
        return member.Condition is not ProcessCondition.Gone
            ? member
            : throw new ClusterException($"{name} does not run: process {Show(member.Process.Id)} has ended");
    }

    private MemberProcess Signal(string name, UnixSignal signal)
    {
        var member = Running(name);
        ProcessControl.Send(member.Process, signal);
        return member;
    }

    private async Task<bool> StopAsync(MemberProcess member, TimeSpan patience, CancellationToken cancellationToken)
    {
        await MarkStoppedAsync(member);

        // A paused process hears nothing else. PostgreSQL would wait for its clients to go by themselves if it was merely asked to end.
        ProcessControl.Send(member.Process, UnixSignal.Continue);
        ProcessControl.Send(member.Process, member.Role is MemberRole.Postgres ? UnixSignal.Interrupt : UnixSignal.Terminate);
        if (await ProcessControl.WaitForEndAsync(member.Process, patience, _clock, cancellationToken))
        {
            return true;
        }

        ProcessControl.Send(member.Process, UnixSignal.Kill);
        await ProcessControl.WaitForEndAsync(member.Process, patience, _clock, cancellationToken);
        return false;
    }

    private async Task<string> AskAsync(ClusterState state, MemberProcess member, CancellationToken cancellationToken)
    {
        switch (member.Condition)
        {
            case ProcessCondition.Gone:
                return MemberStatus.Gone;
            case ProcessCondition.Paused:
                return MemberStatus.Paused;
        }

        try
        {
            if (MemberPlan.Readiness(member) is not { } url)
            {
                return await state.Database.AskAsync(cancellationToken) is null ? MemberStatus.Ready : MemberStatus.Silent;
            }

            using var answer = await _http.GetAsync(url, cancellationToken);
            return answer.IsSuccessStatusCode ? MemberStatus.Ready : MemberStatus.Unready;
        }
        catch (HttpRequestException)
        {
            return MemberStatus.Silent;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return MemberStatus.Silent;
        }
    }

    // The line that says why is most often the last one; the file has the rest.
    private string LastWords(string name)
    {
        const int Lines = 12;
        var log = Path.Combine(Folder, $"{name}.log");
        var said = File.Exists(log) ? File.ReadLines(log).TakeLast(Lines).ToArray() : [];
        return said.Length == 0 ? string.Empty : $"; {log} ends:\n{string.Join('\n', said)}";
    }
}

/// <summary>How a process of a cluster is.</summary>
/// <param name="Member">Which.</param>
/// <param name="Word">One of the constants.</param>
internal sealed record MemberStatus(MemberProcess Member, string Word)
{
    /// <summary>It takes requests.</summary>
    public const string Ready = "ready";

    /// <summary>It answers, and says that it is not ready.</summary>
    public const string Unready = "not ready";

    /// <summary>It runs and does not answer.</summary>
    public const string Silent = "no answer";

    /// <summary>It is stopped by a signal.</summary>
    public const string Paused = "paused";

    /// <summary>It has ended.</summary>
    public const string Gone = "gone";
}
