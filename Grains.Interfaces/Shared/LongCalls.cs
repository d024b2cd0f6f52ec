namespace ActorShop;

/// <summary>Calls that may take longer than others: they wait for a payment provider, or read many rows.</summary>
public static class LongCalls
{
    /// <summary>Their response time-out: half a minute, and so longer than any budget that a caller can state.</summary>
    public const string Timeout = "00:00:30";
}
