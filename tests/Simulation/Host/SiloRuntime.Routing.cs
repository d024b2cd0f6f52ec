using Orleans.Serialization.Invocation;

namespace ActorShop.Simulation;

/// <content>The way of a request: to an activation here, to one elsewhere, or to a new one.</content>
internal sealed partial class SiloRuntime
{
    private const int MaxHops = 4;

    private static readonly TimeSpan LookupRetry = TimeSpan.FromSeconds(1);

    /// <summary>Routes a request that was sent here, or that an ended activation has left.</summary>
    public void Route(GrainRequest request)
    {
        if (Process.IsDead)
        {
            return;
        }

        if (request.Hops > MaxHops)
        {
            Answer(request, Response.FromException(new OrleansException($"A call to {request.Target} was forwarded {request.Hops} times.")));
            return;
        }

        var grain = ClassOf(request.Target.Type);
        if (grain.IsStatelessWorker)
        {
            Deliver(request, grain);
            return;
        }

        if (Find(request.Target) is { IsEnding: false } here)
        {
            Receive(here, request);
            return;
        }

        // Another silo may hold this part of the directory: the lookup takes time, and waits while that silo cannot be reached.
        Cluster.Network.Send(Process, Cluster.Directory.OwnerOf(request.Target), OnFound, OnUnreachable);

        void OnUnreachable() => Time.CreateTimer(_ => Retry(), state: null, LookupRetry, Timeout.InfiniteTimeSpan);

        void Retry()
        {
            if (IsAwaited(request))
            {
                Route(request);
            }
        }

        void OnFound() => Process.Do(() =>
        {
            if ((Cluster.Directory.Find(request.Target) ?? Place(grain)) is { } target)
            {
                Forward(request, grain, target);
            }
            else
            {
                Answer(request, Response.FromException(new SiloUnavailableException($"Every silo stops, so none can run {request.Target}.")));
            }
        });
    }

    private void Forward(GrainRequest request, GrainClass grain, SiloRuntime target)
    {
        if (target == this)
        {
            Deliver(request, grain);
            return;
        }

        request.Hops++;
        request.Bytes ??= _serializer.SerializeToArray(request.Body!);
        request.Body = null;
        NoteTarget(request, target);
        Cluster.Network.Send(Process, target.Process.Number, () => target.Process.Do(() => target.Deliver(request, target.ClassOf(request.Target.Type))));
    }

    private void Deliver(GrainRequest request, GrainClass grain)
    {
        if (grain.IsStatelessWorker)
        {
            Receive(FindWorker(request.Target, grain) ?? Activate(request, grain), request);
            return;
        }

        // What comes for an ending activation waits in its queue, and goes on to the next one.
        if (Find(request.Target) is { } here)
        {
            Receive(here, request);
            return;
        }

        if (Cluster.Directory.Register(request.Target, this) == this)
        {
            Receive(Activate(request, grain), request);
        }
        else
        {
            Route(request);
        }
    }

    private void Receive(SimulatedActivation activation, GrainRequest request)
    {
        NoteTarget(request, this);
        request.Body ??= _serializer.Deserialize<IInvokable>(request.Bytes!);
        activation.Receive(request);
    }

    // A silo that stops creates no activation: it would end at once and pass the call on, without end.
    private SiloRuntime? Place(GrainClass grain)
    {
        if (grain.PrefersLocal && !IsLeaving)
        {
            return this;
        }

        SiloRuntime[] open = [.. Cluster.Membership.Members.Where(static member => !member.IsLeaving)];
        return open.Length == 0 ? null : open[_randomness.Next(open.Length)];
    }
}
