using System.Reflection;
using ActorShop.Runtime.Invocation;
using Orleans.Serialization.Invocation;

namespace ActorShop.Runtime.Activations;

/// <summary>A generated request in the shape that filters and interleaving predicates know from Orleans.</summary>
internal sealed class InvokableView(Invokable request, object? target) : IInvokable
{
    public object? GetTarget() => target;

    public int GetArgumentCount() => request.ArgumentCount;

    public object? GetArgument(int index) => request.GetArgument(index);

    public void SetArgument(int index, object value) => request.SetArgument(index, value);

    public string GetMethodName() => request.MethodName;

    public string GetInterfaceName() => request.InterfaceName;

    public string GetActivityName() => $"{request.InterfaceType.Name}/{request.MethodName}";

    public MethodInfo GetMethod() => request.Method;

    public Type GetInterfaceType() => request.InterfaceType;

    public TimeSpan? GetDefaultResponseTimeout() => request.ResponseTimeout;

    public CancellationToken GetCancellationToken() => request.CancellationToken;
}
