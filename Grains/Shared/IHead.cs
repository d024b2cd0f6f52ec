namespace ActorShop;

/// <summary>What an entity remembers: a fold of its events, and the rules that decide on new ones.</summary>
/// <remarks>
/// Immutable and pure: no clock, no I/O, no grain calls. A rule answers with a <see cref="Decision{TReply,TEvent}"/>;
/// <see cref="Apply"/> never refuses and never throws on history.
/// </remarks>
public interface IHead<TSelf, TEvent>
    where TSelf : class, IHead<TSelf, TEvent>, new()
    where TEvent : class, IEvent
{
    /// <summary>The state after an event.</summary>
    TSelf Apply(TEvent happened);

    /// <summary>When the entity is to be resumed; null without unfinished work.</summary>
    DateTimeOffset? Due => null;

    /// <summary>A word for operators' queries, such as the step of a saga.</summary>
    string? Label => null;
}
