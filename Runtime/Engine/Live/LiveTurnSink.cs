using System.Diagnostics.CodeAnalysis;
using ActorShop.Runtime.Scheduling;

namespace ActorShop.Runtime.Live;

/// <summary>Runs turns on the thread pool's global queue, oldest first: no activation and no caller starves.</summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "The live half of the scheduling seam.")]
internal sealed class LiveTurnSink : ITurnSink
{
    /// <inheritdoc/>
    public void Schedule(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
}
