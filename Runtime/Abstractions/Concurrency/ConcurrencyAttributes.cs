using Orleans.Placement;
using Orleans.Runtime;

namespace Orleans.Concurrency
{
    /// <summary>On an interface's method: it changes nothing, and may interleave with others that change nothing.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class ReadOnlyAttribute : Attribute;

    /// <summary>On an interface's method: it may interleave with anything.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class AlwaysInterleaveAttribute : Attribute;

    /// <summary>On an interface's method: the caller does not wait, and learns nothing of the outcome.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class OneWayAttribute : Attribute;

    /// <summary>On a grain class: all its calls may interleave.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ReentrantAttribute : Attribute;

    /// <summary>On a grain class: asks a method of the class whether a request may interleave.</summary>
    /// <param name="callbackMethodName">
    /// A method that takes an <see cref="Orleans.Serialization.Invocation.IInvokable"/> and returns a <see cref="bool"/>.
    /// </param>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
    {
        internal string CallbackMethodName { get; } = callbackMethodName;
    }

    /// <summary>On a grain class: several activations of one grain may work at once, each where it is called from.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class StatelessWorkerAttribute : PlacementAttribute
    {
        /// <summary>As many as there are processors.</summary>
        public StatelessWorkerAttribute()
            : base(new StatelessWorkerPlacement())
        {
        }

        /// <summary>At most so many.</summary>
        public StatelessWorkerAttribute(int maxLocalWorkers)
            : base(new StatelessWorkerPlacement(maxLocalWorkers))
        {
        }

        /// <summary>At most so many, and whether those that idle are removed.</summary>
        public StatelessWorkerAttribute(int maxLocalWorkers, bool removeIdleWorkers)
            : base(new StatelessWorkerPlacement(maxLocalWorkers, removeIdleWorkers))
        {
        }
    }
}

namespace Orleans
{
    /// <summary>On a method or an interface: how long the caller waits for an answer.</summary>
    /// <param name="timeout">A <see cref="TimeSpan"/> as text.</param>
    [AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface)]
    public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
    {
        /// <summary>The time-out.</summary>
        public TimeSpan? Timeout { get; } = TimeSpan.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>On a grain class: the name of its type, in place of the one made from the class's name.</summary>
    /// <param name="grainType">The name.</param>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        internal GrainType GrainType { get; } = GrainType.Create(grainType);
    }

    /// <summary>On a grain class: how long its activations may idle.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class CollectionAgeLimitAttribute : Attribute
    {
        /// <summary>The shortest age.</summary>
        public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

        private readonly TimeSpan? _stated;

        /// <summary>An age stated by the properties.</summary>
        public CollectionAgeLimitAttribute()
        {
        }

        /// <summary>An age as text.</summary>
        public CollectionAgeLimitAttribute(string inactivityPeriod) =>
            _stated = TimeSpan.Parse(inactivityPeriod, System.Globalization.CultureInfo.InvariantCulture);

        /// <summary>Days, added to the other parts.</summary>
        public double Days { get; set; }

        /// <summary>Hours, added to the other parts.</summary>
        public double Hours { get; set; }

        /// <summary>Minutes, added to the other parts.</summary>
        public double Minutes { get; set; }

        /// <summary>Never collected.</summary>
        public bool AlwaysActive { get; set; }

        /// <summary>The age, not below <see cref="MinAgeLimit"/>.</summary>
        public TimeSpan AgeLimit
        {
            get
            {
                var age = AlwaysActive
                    ? TimeSpan.FromDays(short.MaxValue)
                    : _stated ?? TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
                return age < MinAgeLimit ? MinAgeLimit : age;
            }
        }
    }
}
