using System.Reflection;
using Orleans.Serialization.Invocation;

namespace ActorShop.Simulation;

/// <summary>A call on its way through the silo's incoming call filters, in the order of their registration, and the grain's own, to the grain.</summary>
internal sealed class FilteredCall(IReadOnlyList<IIncomingGrainCallFilter> filters, SimulatedActivation activation, GrainRequest request) : IIncomingGrainCallContext
{
    private int _next;

    public IInvokable Request => request.Body!;

    public object Grain => activation.GrainInstance!;

    public MethodInfo InterfaceMethod => Request.GetMethod();

    public MethodInfo ImplementationMethod => throw new NotSupportedException("The simulated host knows the interface's method only.");

    public string InterfaceName => Request.GetInterfaceName();

    public string MethodName => Request.GetMethodName();

    public GrainId TargetId => activation.GrainId;

    public GrainId? SourceId => null;

    public GrainInterfaceType InterfaceType => default;

    public IGrainContext TargetContext => activation;

    public Response? Response { get; set; }

    public object? Result
    {
        get => Response?.Result;
        set => Response = Orleans.Serialization.Invocation.Response.FromResult(value);
    }

    public static async ValueTask<Response> RunAsync(IReadOnlyList<IIncomingGrainCallFilter> filters, SimulatedActivation activation, GrainRequest request)
    {
        if (filters.Count == 0 && activation.GrainInstance is not IIncomingGrainCallFilter)
        {
            return await request.Body!.Invoke();
        }

        var call = new FilteredCall(filters, activation, request);
        await call.Invoke();
        return call.Response!;
    }

    public async Task Invoke()
    {
        if (_next < filters.Count)
        {
            await filters[_next++].Invoke(this);
            return;
        }

        if (_next++ == filters.Count && Grain is IIncomingGrainCallFilter own)
        {
            await own.Invoke(this);
            return;
        }

        Response = await Request.Invoke();

        // As in Orleans, filters see the grain's fault as an exception.
        if (Response.Exception is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }
}
