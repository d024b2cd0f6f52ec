namespace ActorShop.Api;

/// <summary>The query of a list or a report.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal interface IQuery<TSelf>
    where TSelf : IQuery<TSelf>
{
    /// <summary>Reads every parameter. The documentation calls it too, to learn which there are.</summary>
    static abstract TSelf Read(QueryReader query);
}
