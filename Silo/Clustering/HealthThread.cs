using System.Diagnostics.Metrics;
using ActorShop.Health;
using Microsoft.Extensions.Options;

namespace ActorShop.Silo.Clustering;

/// <summary>Runs the health agent on a thread of its own, which no full pool delays, and ends the process on its verdict.</summary>
/// <remarks>It starts before the silo and stops after it.</remarks>
internal sealed partial class HealthThread(
    HealthAgent agent, ProcessEnd end, IOptions<HealthOptions> options, IHostApplicationLifetime lifetime, IMeterFactory meters, TimeProvider clock,
    ILogger<HealthThread> logger) : IHostedService, IHealthCheckParticipant, IDisposable
{
    public const string Meter = "ActorShop.Silo";

    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(10);

    // A read of the table ends after a second.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly Meter _meter = meters.Create(Meter);
    private Thread? _thread;
    private bool _isDisposed;
    private long? _lastLogged;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "health agent" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stop.CancelAsync();

    public bool CheckHealth(DateTime lastCheckTime, out string reason)
    {
        var mayAnswer = agent.MayAnswer;
        reason = mayAnswer ? string.Empty : agent.Reason;
        return mayAnswer;
    }

    /// <summary>Ends the thread before the services that it uses are disposed of: what it met then would end the process with a stack trace.</summary>
    public void Dispose()
    {
        // The container disposes of it once for each service that it is.
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _stop.Cancel();
        if (_thread?.Join(EndLimit) is not false)
        {
            _stop.Dispose();
        }
    }

    private void Run()
    {
        var gaps = _meter.CreateHistogram<double>(
            "actorshop.silo.membership_read.gap", "s", "The age of the last successful read of the membership table when the next one succeeded.");
        _meter.CreateObservableGauge(
            "actorshop.silo.membership_read.age", () => agent.Age.TotalSeconds, "s", "The time since the last successful read of the membership table began.");
        _meter.CreateObservableCounter(
            "actorshop.silo.answers_refused", () => agent.Refused, "{answer}", "Answers that the silo refused because it was cut off.");

        while (!_stop.IsCancellationRequested)
        {
            var began = clock.GetTimestamp();
            switch (Step(gaps))
            {
                case HealthVerdict.Dead or HealthVerdict.Leave
                    when !lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested:
                    // A silo whose start fails, or that leaves in order, writes that into the table itself. The host reports why.
                    break;
                case HealthVerdict.Dead:
                    end.Now("the cluster has given this silo up; start it again.");
                    break;
                case HealthVerdict.Leave:
                    end.Now($"{agent.Reason} Another silo can read it, so this one leaves the cluster; start it again.");
                    break;
            }

            var rest = options.Value.ReadEvery - clock.GetElapsedTime(began);
            _stop.Token.WaitHandle.WaitOne(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }
    }

    private HealthVerdict Step(Histogram<double> gaps)
    {
        try
        {
            var read = agent.Reads;
            var verdict = agent.StepAsync(_stop.Token).AsTask().GetAwaiter().GetResult();
            if (agent.Reads != read)
            {
                Note(gaps);
            }

            return verdict;
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Cancelled, or a read that failed meanwhile.
            return HealthVerdict.Stay;
        }
    }

    private void Note(Histogram<double> gaps)
    {
        gaps.Record(agent.LastGap.TotalSeconds);
        if (agent.LastGap > options.Value.AnswerWindow / 2 && (_lastLogged is not { } last || clock.GetElapsedTime(last) > LogEvery))
        {
            _lastLogged = clock.GetTimestamp();
            LogNear(logger, agent.LastGap.TotalSeconds, options.Value.AnswerWindow.TotalSeconds, agent.Refused);
        }
    }

    [LoggerMessage(2020, LogLevel.Warning,
        "The membership table was not read for {Gap:N2} s; at {Window:N2} s this silo stops answering. Answers refused so far: {Refused}")]
    private static partial void LogNear(ILogger logger, double gap, double window, long refused);
}
