namespace ActorShop.Cluster;

/// <summary>The status of a process; the word is one of the constants.</summary>
internal sealed record MemberStatus(MemberProcess Member, string Word)
{
    public const string Ready = "ready";
    public const string Unready = "not ready";
    public const string Silent = "no answer";
    public const string Paused = "paused";
    public const string Gone = "gone";
}
