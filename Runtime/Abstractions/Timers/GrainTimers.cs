using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>A timer of one activation. Dies with it.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>Sets the time to the next tick and the time between ticks; during a tick, from its end.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    /// <summary>How a timer ticks.</summary>
    public readonly struct GrainTimerCreationOptions()
    {
        /// <summary>A timer that neither interleaves nor keeps its activation alive.</summary>
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
            : this()
        {
            DueTime = dueTime;
            Period = period;
        }

        /// <summary>The time to the first tick; infinite: none until changed.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>The time from the end of a tick to the next one; infinite: no second one.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether ticks may run while a request awaits.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether ticks count as use, so that the activation is not collected.</summary>
        public bool KeepAlive { get; init; }
    }
}

namespace Orleans.Timers
{
    /// <summary>Makes the timers of activations.</summary>
    public interface ITimerRegistry
    {
        /// <inheritdoc cref="GrainBaseExtensions.RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)"/>
        IGrainTimer RegisterGrainTimer<TState>(
            IGrainContext grainContext,
            Func<TState, CancellationToken, Task> callback,
            TState state,
            GrainTimerCreationOptions options);
    }
}
