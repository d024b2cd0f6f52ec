namespace ActorShop;

/// <summary>A grain whose state names a time at which unfinished work is resumed. The time is stored in the index of due work.</summary>
[Alias("shared.resumable")]
public interface IResumable : IGrainWithStringKey
{
    /// <summary>Continues unfinished work from durable state.</summary>
    /// <remarks>Idempotent: a grain without unfinished work does nothing. If a call fails, the next one retries.</remarks>
    [Alias("resume"), ResponseTimeout(LongCalls.Timeout)]
    Task ResumeAsync();
}
