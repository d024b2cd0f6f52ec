using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace ActorShop.Simulation;

/// <content>Calls that were sent from this silo, and their answers. A call is sent once; no answer within its time is a fault.</content>
internal sealed partial class SiloRuntime
{
    private readonly SortedDictionary<long, PendingCall> _calls = [];
    private long _lastCall;

    public void Answer(GrainRequest request, Response response)
    {
        if (request.Options.HasFlag(InvokeMethodOptions.OneWay))
        {
            return;
        }

        var from = request.From;
        if (from == this)
        {
            Complete(request.Call, _copier.Copy(response));
            return;
        }

        var bytes = _serializer.SerializeToArray(response);
        Cluster.Network.Send(
            Process, from.Process.Number, () => from.Process.Do(() => from.Complete(request.Call, from._serializer.Deserialize<Response>(bytes)!)));
    }

    /// <summary>Fails the calls that wait for a silo which was declared dead.</summary>
    public void BreakCalls(SiloRuntime dead)
    {
        foreach (var (call, _) in _calls.Where(call => call.Value.At == dead).ToArray())
        {
            Complete(call, Response.FromException(new SiloUnavailableException($"{dead.Process} was declared dead.")));
        }
    }

    private void Send(GrainReference reference, IInvokable body, InvokeMethodOptions options, Action<Response>? answered)
    {
        var call = ++_lastCall;
        var request = new GrainRequest
        {
            Call = call,
            From = this,
            Target = reference.GrainId,
            Body = body,
            Options = options,
            Context = RequestContextExtensions.Export(_copier),
        };
        if (answered is not null)
        {
            var limit = body.GetDefaultResponseTimeout() ?? _responseTimeout;
            var timer = Time.CreateTimer(_ => Complete(call, TimedOut()), state: null, limit, Timeout.InfiniteTimeSpan);
            _calls[call] = new(answered, timer);

            Response TimedOut() => Response.FromException(new TimeoutException($"{request.Target} did not answer within {limit}."));
        }

        Route(request);
    }

    private static bool IsAwaited(GrainRequest request) =>
        request.Options.HasFlag(InvokeMethodOptions.OneWay) || request.From._calls.ContainsKey(request.Call);

    private static void NoteTarget(GrainRequest request, SiloRuntime target)
    {
        if (request.From._calls.TryGetValue(request.Call, out var pending))
        {
            pending.At = target;
        }
    }

    private void Complete(long call, Response response)
    {
        if (_calls.Remove(call, out var pending))
        {
            pending.Timer.Dispose();
            pending.Answered(response);
        }
    }

    private sealed class PendingCall(Action<Response> answered, ITimer timer)
    {
        public Action<Response> Answered => answered;

        public ITimer Timer => timer;

        /// <summary>Where it was sent last, as far as its sender knows.</summary>
        public SiloRuntime? At { get; set; }
    }
}
