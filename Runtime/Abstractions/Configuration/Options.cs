namespace Orleans.Configuration;

/// <summary>Which cluster this is.</summary>
public class ClusterOptions
{
    /// <summary>The id where none is stated.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The id where none is stated.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>Silos of one id form one cluster.</summary>
    /// <value>"default".</value>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>What stored state belongs to: survives changes of the cluster's id.</summary>
    /// <value>"default".</value>
    public string ServiceId { get; set; } = DefaultServiceId;
}

/// <summary>How this silo is called.</summary>
public class SiloOptions
{
    /// <summary>The name.</summary>
    /// <value>"Silo".</value>
    public string SiloName { get; set; } = "Silo";
}

/// <summary>How messages are sent.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for an answer. The callee is not stopped by it.</summary>
    /// <value>30 seconds.</value>
    /// <remarks>Longer rides out hiccups; shorter frees callers of hung grains. Looked at with a tick of a tenth, at most a second.</remarks>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same while a debugger is attached.</summary>
    /// <value>30 minutes.</value>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a request whose caller has stopped waiting is dropped rather than run.</summary>
    /// <value>True.</value>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>Whether the callee's token is cancelled when the caller stops waiting.</summary>
    /// <value>False.</value>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>The longest header of a message to another process: ids, and the values of RequestContext.</summary>
    /// <value>64 KiB. Orleans allows 10 MB.</value>
    public int MaxMessageHeaderSize { get; set; } = 64 * 1024;

    /// <summary>The longest arguments or result of a message to another process; longer ones fail at their sender.</summary>
    /// <value>100 MB.</value>
    public int MaxMessageBodySize { get; set; } = 100 * 1024 * 1024;

    /// <summary>Whether a cancelled caller waits until the callee has ended.</summary>
    /// <value>False: its await ends at once.</value>
    public bool WaitForCancellationAcknowledgement { get; set; }
}

/// <summary>How a silo's messages are sent and queued.</summary>
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How many requests may wait for one activation; more are refused at once with LimitExceededException.</summary>
    /// <value>10,000. Orleans has no limit by default.</value>
    /// <remarks>Higher absorbs bursts; lower answers overload sooner. 0 is no limit.</remarks>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = 10_000;

    /// <summary>The same for each stateless worker.</summary>
    /// <value>10,000.</value>
    public int MaxEnqueuedRequestsHardLimit_StatelessWorker { get; set; } = 10_000;

    /// <summary>How often a message may be sent on, because its activation has ended.</summary>
    /// <value>2.</value>
    public int MaxForwardCount { get; set; } = 2;

    /// <summary>How long a request may run before it is logged as stuck.</summary>
    /// <value>Two hours.</value>
    public TimeSpan MaxRequestProcessingTime { get; set; } = TimeSpan.FromHours(2);
}

/// <summary>How a client's messages are sent.</summary>
public class ClientMessagingOptions : MessagingOptions;

/// <summary>When activations end.</summary>
public class GrainCollectionOptions
{
    /// <summary>How long an activation may idle.</summary>
    /// <value>15 minutes.</value>
    /// <remarks>Longer keeps more memory; shorter reads state more often. Above <see cref="CollectionQuantum"/>.</remarks>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The time between looks for idle activations.</summary>
    /// <value>One minute.</value>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Other ages, by the full name of the grain class.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How long an activation may take to start.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may take to end.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>How turns are run.</summary>
public class SchedulingOptions
{
    /// <summary>Orleans' time slice; this engine counts turns instead (see <c>EngineLimits</c>), so that simulated runs repeat.</summary>
    /// <value>100 milliseconds.</value>
    public TimeSpan ActivationSchedulingQuantum { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A turn longer than this is logged.</summary>
    /// <value>One second.</value>
    public TimeSpan TurnWarningLengthThreshold { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>How memory storage keeps states.</summary>
public class MemoryGrainStorageOptions
{
    /// <summary>Orleans' number of grains that hold the data; one table holds it here.</summary>
    /// <value>10.</value>
    public int NumStorageGrains { get; set; } = 10;

    /// <summary>The stored form; null keeps a deep copy.</summary>
    public Orleans.Storage.IGrainStorageSerializer? GrainStorageSerializer { get; set; }
}
