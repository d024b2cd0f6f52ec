using ActorShop.Runtime.Directory;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>The router of a cluster of one: everybody is here, but for what is behind a connection.</summary>
internal sealed class LocalRouter(Catalog catalog) : IMessageRouter
{
    /// <summary>Takes what is for nobody in this process: a gateway, or a client's connections; null where there are none.</summary>
    public Action<Message>? Outside { get; set; }

    /// <summary>What a caller is told who calls nobody.</summary>
    public static Exception NobodyThere(Message message) => ObserverHost.IsObserver(message.Target)
        ? new ClientNotAvailableException(message.Target)
        : new OrleansMessageRejectionException($"No grain class of this silo has the type of {message.Target}.");

    /// <inheritdoc/>
    public void Send(Message message)
    {
        if (catalog.Get(message.Target) is { } addressee)
        {
            addressee.Receive(message);
        }
        else if (Outside is { } outside)
        {
            outside(message);
        }
        else
        {
            message.TryFail(NobodyThere(message));
        }
    }
}
