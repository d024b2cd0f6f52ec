using Orleans.Runtime;

namespace ActorShop.Runtime.Membership;

/// <summary>Something that this silo has decided or learnt about a member, with the evidence.</summary>
/// <param name="At">When, by this silo's clock.</param>
/// <param name="Silo">About whom.</param>
/// <param name="Status">What it is since.</param>
/// <param name="By">Who decided; null where the table does not say.</param>
/// <param name="Why">The reason.</param>
/// <param name="Version">The version of this silo's view at that time.</param>
/// <param name="Renewal">The renewal number that was seen last; negative where none was.</param>
/// <param name="Elapsed">For how long that number had not changed.</param>
public sealed record MembershipDecision(
    DateTimeOffset At, SiloAddress Silo, SiloStatus Status, SiloAddress? By, string Why, int Version, long Renewal, TimeSpan Elapsed);

/// <summary>The last decisions about members, oldest first: what an operator asks for after an incident. Safe from any thread.</summary>
public interface IMembershipLog
{
    /// <summary>The last 256 decisions.</summary>
    IReadOnlyList<MembershipDecision> Last { get; }
}

/// <inheritdoc/>
internal sealed class MembershipLog : IMembershipLog
{
    private const int Kept = 256;

    private readonly Lock _lock = new();
    private readonly Queue<MembershipDecision> _decisions = new();

    /// <inheritdoc/>
    public IReadOnlyList<MembershipDecision> Last
    {
        get
        {
            lock (_lock)
            {
                return [.. _decisions];
            }
        }
    }

    public void Add(MembershipDecision decision)
    {
        lock (_lock)
        {
            _decisions.Enqueue(decision);
            if (_decisions.Count > Kept)
            {
                _decisions.Dequeue();
            }
        }
    }
}
