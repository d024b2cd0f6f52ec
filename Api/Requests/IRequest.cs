namespace ActorShop.Api;

/// <summary>The body of a request: a record that says by itself what it cannot mean.</summary>
public interface IRequest
{
    /// <summary>States everything that is wrong with it.</summary>
    void Check(Findings findings);
}

/// <summary>A body that may be left out.</summary>
/// <typeparam name="TSelf">The request itself.</typeparam>
public interface IOptionalRequest<TSelf> : IRequest
    where TSelf : IOptionalRequest<TSelf>
{
    /// <summary>What leaving it out means.</summary>
    static abstract TSelf Absent { get; }
}
