using ActorShop.Runtime.Directory;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>The router of a cluster of one: everybody is here.</summary>
internal sealed class LocalRouter(Catalog catalog) : IMessageRouter
{
    /// <inheritdoc/>
    public void Send(Message message)
    {
        if (catalog.Get(message.Target) is { } addressee)
        {
            addressee.Receive(message);
        }
        else
        {
            message.TryFail(ObserverHost.IsObserver(message.Target)
                ? new ClientNotAvailableException(message.Target)
                : new OrleansMessageRejectionException($"No grain class of this silo has the type of {message.Target}."));
        }
    }
}
