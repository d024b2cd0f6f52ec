namespace ActorShop.Runtime.Scheduling;

/// <summary>Where turns run: the one seam of scheduling.</summary>
/// <remarks>
/// Live it is the global queue of the thread pool, which is fair; simulated it is a ready list from which the seed picks.
/// An item is scheduled at most once until it has run.
/// </remarks>
internal interface ITurnSink
{
    /// <summary>Runs the item soon, on some thread; never within this call.</summary>
    void Schedule(IThreadPoolWorkItem item);
}
