namespace ActorShop;

/// <summary>The state of an entity: a fold of its events, and the rules that decide on new ones.</summary>
/// <remarks>Immutable and pure: no clock, no I/O, no grain calls. A rule answers with events, or with a <see cref="Decision{TReply,TEvent}"/>.</remarks>
public interface IEntity
{
    /// <summary>When the entity is to be resumed; null without unfinished work.</summary>
    DateTimeOffset? Due => null;

    /// <summary>A value for operators' queries, such as the step of a saga.</summary>
    string? Label => null;
}

/// <summary>Something that happened to one entity. Past tense, never changed.</summary>
public interface IEvent
{
    /// <summary>What a later query looks for, such as an operation's id; null where there is no such query.</summary>
    string? Reference => null;

    /// <summary>The consumers, such as projections, to which the event is delivered.</summary>
    ImmutableArray<string> Topics => [];

    /// <summary>Whether it becomes part of the stream. One that does not takes its number all the same, and its effect is in the head alone.</summary>
    bool IsRecorded => true;

    /// <summary>What it moves in the account book: account and amount, summing to zero.</summary>
    ImmutableArray<(string Account, Money Amount)> Postings => [];
}

/// <summary>The events of one kind of entity: derive an abstract record, and nest its cases in it.</summary>
/// <remarks>A hierarchy whose events have topics or postings names <see cref="IEvent"/> again. Their lists are part of its stored form.</remarks>
public abstract record EntityEvent<THead> : IEvent
{
    /// <summary>The state after the event. It never refuses, and never throws on history.</summary>
    public abstract THead ApplyTo(THead head);
}

/// <summary>The result of a rule: a reply, and the events that must be durable before the reply is given.</summary>
/// <param name="Events">What happened; empty for refusals and repeats.</param>
internal readonly record struct Decision<TReply, TEvent>(TReply Reply, ImmutableArray<TEvent> Events)
    where TEvent : class, IEvent;
