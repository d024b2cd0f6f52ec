using ActorShop.Runtime.Activations;
using Orleans;

namespace ActorShop.Runtime.Messaging;

/// <summary>Runs the filters of arriving calls: those of the silo in the order of registration, then the grain itself.</summary>
internal sealed class IncomingFilters(IReadOnlyList<IIncomingGrainCallFilter> filters)
{
    /// <summary>No filters: for grains that are filters themselves.</summary>
    public static IncomingFilters None { get; } = new([]);

    public async Task<object?> InvokeAsync(Message message, RequestHost host, object target)
    {
        var context = new IncomingCall(filters, message, host, target);
        await context.Invoke();
        return context.Result;
    }
}
