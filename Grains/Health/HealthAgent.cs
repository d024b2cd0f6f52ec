namespace ActorShop.Health;

/// <summary>Decides whether this silo may answer: only while it knows from the membership table that it is a member of the cluster.</summary>
/// <remarks>
/// <para>
/// Orleans tells a silo late that the others gave it up, or never while it is cut off. Until then it would answer from states that
/// newer activations elsewhere have changed. So the agent reads the table itself, and the silo answers only while the last good read
/// began less than <see cref="HealthOptions.AnswerWindow"/> ago. Writes need no agent: each is conditional on the version it extends.
/// </para>
/// <para>
/// A plain class: something else calls <see cref="StepAsync"/> every <see cref="HealthOptions.ReadEvery"/>, a thread of its own in
/// production. Steps do not overlap; <see cref="MayAnswer"/> and <see cref="Age"/> may be read from any thread.
/// </para>
/// </remarks>
public sealed class HealthAgent(HealthOptions options, IMembershipReader table, IOtherMembers others, TimeProvider clock)
{
    private const long Never = long.MinValue;

    private readonly long _created = clock.GetTimestamp();
    private long _lastGoodRead = Never;
    private long _lastQuestion = Never;
    private long _steadySince = Never;
    private long _refused;
    private volatile bool _wasMember;
    private volatile bool _isDead;

    /// <summary>Whether an answer that is given now rests on a membership table that was read recently enough.</summary>
    public bool MayAnswer => !_isDead && Volatile.Read(ref _lastGoodRead) != Never && Age < options.AnswerWindow;

    /// <summary>How long ago the last good read of the table began; since the agent exists, if there was none.</summary>
    public TimeSpan Age => clock.GetElapsedTime(Volatile.Read(ref _lastGoodRead) is var read && read == Never ? _created : read);

    /// <summary>The largest <see cref="Age"/> that an answer could have met between the last two good reads: how near the silo came to refusing.</summary>
    public TimeSpan LastGap { get; private set; }

    /// <summary>Whether this silo has read the table without a gap for so long that another one which cannot is to leave.</summary>
    /// <remarks>When a database comes back, one silo reads it a moment before the others do. That must not make them leave.</remarks>
    public bool ReadsSteadily =>
        MayAnswer && Volatile.Read(ref _steadySince) is var since && since != Never && clock.GetElapsedTime(since) >= options.LeaveAfter / 2;

    public long Reads { get; private set; }

    public long Refused => Interlocked.Read(ref _refused);

    public string Reason => _isDead
        ? "The cluster has given this silo up."
        : $"This silo has not read the membership table for {Age.TotalSeconds.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)} s.";

    /// <summary>Ends a call whose answer must not be given.</summary>
    /// <exception cref="SiloCutOffException">This silo may not answer.</exception>
    public void EnsureMayAnswer()
    {
        if (!MayAnswer)
        {
            Interlocked.Increment(ref _refused);
            throw new SiloCutOffException(Reason);
        }
    }

    /// <summary>Reads the table once and says what follows for this silo.</summary>
    public async ValueTask<HealthVerdict> StepAsync(CancellationToken cancellationToken)
    {
        // Age counts from the start of a read: what changes in the table while the answer travels is not in it.
        var began = clock.GetTimestamp();
        Membership membership;
        try
        {
            membership = await table.ReadAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return await AskOthersAsync(cancellationToken);
        }

        LastGap = Age;
        if (_steadySince == Never || LastGap >= options.AnswerWindow)
        {
            Volatile.Write(ref _steadySince, began);
        }

        Reads++;
        Volatile.Write(ref _lastGoodRead, began);
        _wasMember |= membership is Membership.Member;

        // A row that is gone is that of a silo that was dead for long.
        _isDead |= membership is Membership.Dead || (_wasMember && membership is Membership.Absent);
        return _isDead ? HealthVerdict.Dead : HealthVerdict.Stay;
    }

    // A silo ends if only it cannot reach the database, and not if all silos cannot.
    private async ValueTask<HealthVerdict> AskOthersAsync(CancellationToken cancellationToken)
    {
        if (Age < options.LeaveAfter || (_lastQuestion != Never && clock.GetElapsedTime(_lastQuestion) < options.AskEvery))
        {
            return HealthVerdict.Stay;
        }

        _lastQuestion = clock.GetTimestamp();
        return await others.AnyReadsTheTableAsync(cancellationToken) ? HealthVerdict.Leave : HealthVerdict.Stay;
    }
}
