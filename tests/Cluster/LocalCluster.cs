using System.Globalization;
using System.Security.Cryptography;

namespace ActorShop.Cluster;

/// <summary>A cluster of real processes on this machine: database, payment provider, silos and APIs, remembered in a folder.</summary>
/// <remarks>
/// The processes outlive this one. Several processes may control one cluster: they read its state from its folder each time, and check the
/// identity of a process before they send it a signal.
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

    public string Folder { get; }

    public ClusterState State => _file.Find()
        ?? throw new ClusterException($"there is no cluster in {Folder}: start one with cluster up");

    /// <summary>Starts a cluster with the data in its folder, and waits until it is ready. Cancellation stops the started processes.</summary>
    /// <exception cref="ClusterException">It did not start; the started processes are stopped.</exception>
    public static async Task<LocalCluster> StartAsync(
        string folder, ClusterPlan plan, TimeProvider clock, Action<string> tell, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new ClusterException("a cluster of processes needs Linux; use docker-compose elsewhere");
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

    public static LocalCluster Open(string folder, TimeProvider clock)
    {
        var cluster = new LocalCluster(Path.GetFullPath(folder), clock);
        _ = cluster.State;
        return cluster;
    }

    /// <summary>Starts one more silo or API. Does not wait until it is ready.</summary>
    public Task<MemberProcess> AddAsync(MemberRole role, CancellationToken cancellationToken = default) => AddAsync(role, detour: null, cancellationToken);

    /// <summary>Starts a process that has ended, with its name and ports. Does not wait until it is ready.</summary>
    public async Task<MemberProcess> RestartAsync(string name, CancellationToken cancellationToken = default)
    {
        var state = await _file.ChangeAsync(
            state =>
            {
                var member = (state ?? State).Member(name);
                return member.Condition is ProcessCondition.Gone
                    ? state!.With(Begin(state, member))
                    : throw new ClusterException($"{name} is already running as process {Show(member.Process.Id)}");
            },
            cancellationToken);
        return state.Member(name);
    }

    /// <summary>Kills a process (kill -9).</summary>
    public async Task KillAsync(string name)
    {
        var member = Running(name);
        await MarkStoppedAsync(member);
        await ProcessControl.KillTreeAsync(member.Process, _clock);
    }

    /// <summary>Pauses a process (SIGSTOP): its connections stay open without answers.</summary>
    public async Task PauseAsync(string name)
    {
        // The threads stop one after another.
        var member = Signal(name, UnixSignal.Stop);
        while (member.Condition is ProcessCondition.Running)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), _clock);
        }
    }

    /// <summary>Resumes a paused process (SIGCONT).</summary>
    public void Resume(string name) => Signal(name, UnixSignal.Continue);

    /// <summary>Stops a process (SIGTERM), and kills it at the limit.</summary>
    /// <returns>Whether it ended before the limit.</returns>
    public Task<bool> StopAsync(string name, TimeSpan patience, CancellationToken cancellationToken = default) =>
        StopAsync(State.Member(name), patience, cancellationToken);

    /// <summary>Stops the APIs, then the silos, the payment provider and the database.</summary>
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

    public async Task<IReadOnlyList<MemberStatus>> AskAsync(CancellationToken cancellationToken = default)
    {
        var state = State;
        return await Task.WhenAll(state.Members.Select(async member => new MemberStatus(member, await AskAsync(state, member, cancellationToken))));
    }

    /// <summary>Waits until a process is ready.</summary>
    /// <exception cref="ClusterException">It ended, or it was not ready in time; the message has the last lines of its log.</exception>
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

    /// <summary>Releases this object; the processes go on.</summary>
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

    // The database belongs to one cluster; other programs are another cluster.
    private static string ClusterId(ClusterState? before, ClusterPlan plan) =>
        before is not null && before.Programs.Silo.SequenceEqual(plan.Programs.Silo, StringComparer.Ordinal)
            ? before.ClusterId
            : $"local-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    private async Task PrepareAsync(ClusterPlan plan, CancellationToken cancellationToken)
    {
        // The database is created outside the lock: that takes longer than others wait for the lock.
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
                // The first failure ends the wait for the others.
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

        // A paused process receives no other signal. On SIGTERM, PostgreSQL would wait until its clients disconnect.
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

    // The last lines of the log mostly have the reason.
    private string LastWords(string name)
    {
        const int Lines = 12;
        var log = Path.Combine(Folder, $"{name}.log");
        var said = File.Exists(log) ? File.ReadLines(log).TakeLast(Lines).ToArray() : [];
        return said.Length == 0 ? string.Empty : $"; {log} ends:\n{string.Join('\n', said)}";
    }
}
