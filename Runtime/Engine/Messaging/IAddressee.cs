namespace ActorShop.Runtime.Messaging;

/// <summary>Somebody in this silo to whom messages can be given. Safe from any thread.</summary>
internal interface IAddressee
{
    /// <summary>Takes a message; returns at once.</summary>
    void Receive(Message message);
}

/// <summary>Brings messages to whoever is addressed, wherever that is. Safe from any thread.</summary>
/// <remarks>One silo has one router that knows its own catalog; a cluster's asks the directory first.</remarks>
internal interface IMessageRouter
{
    /// <summary>Sends; a message that cannot be sent is settled with the reason.</summary>
    void Send(Message message);
}
