using System.Reflection;
using ActorShop.Runtime.Activations;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ActorShop.Runtime.Messaging;

/// <summary>A call on its way through filters: the common half of both directions.</summary>
internal abstract class FilteredCall(Message message, object grain) : IGrainCallContext
{
    private InvokableView? _view;
    private int _stage;

    public IInvokable Request => _view ??= new InvokableView(message.Request, Target);

    public object Grain { get; } = grain;

    public GrainId? SourceId => message.SenderId;

    public GrainId TargetId => message.Target;

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(message.Request.InterfaceName);

    public string InterfaceName => message.Request.InterfaceName;

    public string MethodName => message.Request.MethodName;

    public MethodInfo InterfaceMethod => message.Request.Method;

    public object? Result { get; set; }

    protected Message Message => message;

    protected abstract object? Target { get; }

    public async Task Invoke()
    {
        var stage = _stage++;
        try
        {
            await InvokeStageAsync(stage);
        }
        finally
        {
            // A filter may call on more than once, so as to try again.
            _stage = stage;
        }
    }

    protected abstract Task InvokeStageAsync(int stage);
}

/// <summary>A call that arrives.</summary>
internal sealed class IncomingCall(IReadOnlyList<IIncomingGrainCallFilter> filters, Message message, RequestHost host, object target)
    : FilteredCall(message, target), IIncomingGrainCallContext
{
    private MethodInfo? _implementation;

    public IGrainContext TargetContext => (IGrainContext)host;

    public MethodInfo ImplementationMethod => _implementation ??= FindImplementation();

    protected override object? Target => Grain;

    protected override async Task InvokeStageAsync(int stage)
    {
        if (stage < filters.Count)
        {
            await filters[stage].Invoke(this);
        }
        else if (stage == filters.Count && Grain is IIncomingGrainCallFilter self)
        {
            await self.Invoke(this);
        }
        else
        {
            Result = await Message.Request.InvokeBoxedAsync(Grain);
        }
    }

    private MethodInfo FindImplementation()
    {
        var method = Message.Request.Method;
        if (method.DeclaringType is not { IsInterface: true } declaring || !declaring.IsInstanceOfType(Grain))
        {
            return method;
        }

        var map = Grain.GetType().GetInterfaceMap(declaring);
        var index = Array.IndexOf(map.InterfaceMethods, method.IsGenericMethod ? method.GetGenericMethodDefinition() : method);
        return index < 0 ? method : map.TargetMethods[index];
    }
}

/// <summary>A call that is made.</summary>
internal sealed class OutgoingCall(IReadOnlyList<IOutgoingGrainCallFilter> filters, Message message, object reference, Func<Task<object?>> send)
    : FilteredCall(message, reference), IOutgoingGrainCallContext
{
    public IGrainContext? SourceContext => Message.Sender;

    protected override object? Target => null;

    protected override async Task InvokeStageAsync(int stage)
    {
        if (stage < filters.Count)
        {
            await filters[stage].Invoke(this);
        }
        else
        {
            Result = await send();
        }
    }
}
