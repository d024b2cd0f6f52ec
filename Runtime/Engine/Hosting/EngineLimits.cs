using System.ComponentModel.DataAnnotations;

namespace ActorShop.Runtime.Hosting;

/// <summary>The bounds of this engine for which Orleans has no option.</summary>
public sealed class EngineLimits
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Engine";

    /// <summary>How many turns of one activation run before others get the thread.</summary>
    /// <value>64.</value>
    /// <remarks>More is faster for a hot grain; fewer serves the others sooner.</remarks>
    [Range(1, 10_000)]
    public int TurnsPerQuantum { get; set; } = 64;

    /// <summary>How many calls of this silo may wait for an answer; more are refused at once with LimitExceededException.</summary>
    /// <value>One million.</value>
    /// <remarks>Calls are counted in 64 groups by target, each of which has its share. 0 is no limit.</remarks>
    [Range(0, int.MaxValue)]
    public int MaxPendingCalls { get; set; } = 1_000_000;

    /// <summary>How many records memory storage keeps; a write of one more fails with LimitExceededException.</summary>
    /// <value>Ten million.</value>
    [Range(1, int.MaxValue)]
    public int MaxMemoryRecords { get; set; } = 10_000_000;

    /// <summary>How many reminders the in-memory table keeps; one more fails with LimitExceededException.</summary>
    /// <value>One million.</value>
    [Range(1, int.MaxValue)]
    public int MaxMemoryReminders { get; set; } = 1_000_000;

    /// <summary>How many events wait in one memory stream provider; a producer of one more gets InvalidOperationException.</summary>
    /// <value>131,072: eight queues of 16,384, as in Orleans.</value>
    [Range(1, int.MaxValue)]
    public int MaxStreamEvents { get; set; } = 131_072;

    /// <summary>How many calls and answers wait while the silo's lease is not valid; more are refused with LimitExceededException.</summary>
    /// <value>100,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxHeldBack { get; set; } = 100_000;

    /// <summary>How many places of grains in other silos are remembered; the memory begins anew when it is full.</summary>
    /// <value>200,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxDirectoryCache { get; set; } = 200_000;

    /// <summary>How many questions to this silo's part of the directory wait for its hand-over; more are asked again later.</summary>
    /// <value>100,000.</value>
    [Range(1, int.MaxValue)]
    public int MaxDirectoryWaiters { get; set; } = 100_000;

    /// <summary>How long a silo that has left takes what is still on its way to it.</summary>
    /// <value>Two tenths of a second.</value>
    public TimeSpan LeaveLinger { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a stopping silo lets running calls end before it ends activations.</summary>
    /// <value>Ten seconds.</value>
    /// <remarks>Longer loses fewer calls; shorter stops sooner when a call hangs.</remarks>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
