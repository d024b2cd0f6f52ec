namespace ActorShop.Cluster;

/// <summary>The status of a process; the word is one of the constants.</summary>
internal sealed record MemberStatus(MemberProcess Member, string Word)
{
    /// <summary>It serves requests.</summary>
    public const string Ready = "ready";

    /// <summary>It answers that it is not ready.</summary>
    public const string Unready = "not ready";

    /// <summary>It is running and does not answer.</summary>
    public const string Silent = "no answer";

    /// <summary>It is paused.</summary>
    public const string Paused = "paused";

    /// <summary>It has ended.</summary>
    public const string Gone = "gone";
}
