using Orleans.Storage;

namespace ActorShop.Simulation.Shop;

/// <summary>The way to something outside the process: a request arrives after a while or never, and so does its answer.</summary>
/// <remarks>
/// The sender may be dead when the request arrives; the request has its effect all the same. Random numbers are drawn in the same order
/// at every rate, so that a change of one rate does not shift the others.
/// </remarks>
internal sealed class Wire(TimeProvider time, Func<int, int> draw, WireFaults faults, Lock gate) : IStoreWire
{
    private readonly List<Request> _underWay = [];
    private bool _isCut;

    public bool IsDown { get; set; }

    /// <summary>The process on this side is dead: each request that was under way arrives now or never.</summary>
    /// <remarks>So its successor reads what is final: the store completes the writes of a dead process before it serves the next one.</remarks>
    public void Cut()
    {
        lock (gate)
        {
            _isCut = true;
            foreach (var request in _underWay.ToArray())
            {
                if (draw(2) == 0)
                {
                    request.Arrive();
                }
            }

            _underWay.Clear();
        }
    }

    public Task<T> AskAsync<T>(Func<T> serve, PendingWrite? write = null)
    {
        lock (gate)
        {
            return Ask(serve);
        }
    }

    private Task<T> Ask<T>(Func<T> serve)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (there, back) = (Latency(), Latency());
        var isSlow = Flips(faults.Slow);
        var (before, after, late) = (Flips(faults.FailBefore), Flips(faults.FailAfter), Flips(faults.ArriveLate));
        there += isSlow ? faults.SlowBy * draw(1_000) / 1_000 : TimeSpan.Zero;
        if (late)
        {
            // The caller stops waiting first; the request still arrives, perhaps long after.
            After(there, () => Fail(answer, "No answer came in time."));
            Send(there + (faults.LateBy * draw(1_000) / 1_000), () => Quietly(serve));
        }
        else if (before || IsDown || faults.Outages > 0)
        {
            faults.Failed++;
            After(there, () => Fail(answer, "The request was lost."));
        }
        else
        {
            faults.Failed += after ? 1 : 0;
            Send(there, () => Serve(serve, answer, after, back));
        }

        return answer.Task;
    }

    private void Serve<T>(Func<T> serve, TaskCompletionSource<T> answer, bool isLost, TimeSpan back)
    {
        try
        {
            var result = serve();
            After(back, () =>
            {
                if (isLost)
                {
                    Fail(answer, "The answer was lost.");
                }
                else
                {
                    answer.TrySetResult(result);
                }
            });
        }
        catch (Exception refusal)
        {
            After(back, () => answer.TrySetException(refusal));
        }
    }

    private static void Quietly<T>(Func<T> serve)
    {
        try
        {
            serve();
        }
        catch (Exception refusal) when (refusal is IOException or InconsistentStateException)
        {
            // The sender no longer waits.
        }
    }

    private static void Fail<T>(TaskCompletionSource<T> answer, string why) => answer.TrySetException(new IOException(why));

    private TimeSpan Latency() => faults.Latency * draw(1_000) / 1_000;

    private bool Flips(double rate) => draw(1_000_000) < rate * 1_000_000;

    private void Send(TimeSpan delay, Action arrive)
    {
        var request = new Request(arrive);
        _underWay.Add(request);
        After(delay, () =>
        {
            if (!_isCut)
            {
                _underWay.Remove(request);
                request.Arrive();
            }
        });
    }

    private void After(TimeSpan delay, Action what) =>
        time.CreateTimer(
            _ =>
            {
                lock (gate)
                {
                    what();
                }
            },
            state: null,
            delay,
            Timeout.InfiniteTimeSpan);

    private sealed record Request(Action Arrive);
}

/// <summary>What a wire does to requests. Rates are from 0 to 1, for each request.</summary>
internal sealed class WireFaults
{
    /// <summary>The longest that a request, or an answer, is on its way.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(10);

    public double Slow { get; set; }

    public TimeSpan SlowBy { get; set; } = TimeSpan.FromSeconds(3);

    public double FailBefore { get; set; }

    public double FailAfter { get; set; }

    /// <summary>The rate of requests that arrive after their sender has stopped waiting.</summary>
    public double ArriveLate { get; set; }

    public TimeSpan LateBy { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many outages there are now: while there is one, nothing arrives.</summary>
    public int Outages { get; set; }

    public int Failed { get; set; }
}
