namespace ActorShop.Parity.Life;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<Guid> IncarnationAsync();

    Task EndAsync(string ending, string release);

    Task<DeactivationReasonCode?> LastReasonAsync();
}

public sealed class LifeGrain : Grain, ILifeGrain
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, DeactivationReasonCode> Reasons =
        new(StringComparer.Ordinal);

    private readonly Guid _incarnation = Guid.NewGuid();
    private string? _ending;
    private string? _release;

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Reasons[this.GetPrimaryKeyString()] = reason.ReasonCode;
        if (_ending is not null)
        {
            Gate.Open(_ending);
            await Gate.Opened(_release!);
        }
    }

    public Task<Guid> IncarnationAsync() => Task.FromResult(_incarnation);

    public Task EndAsync(string ending, string release)
    {
        (_ending, _release) = (ending, release);
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<DeactivationReasonCode?> LastReasonAsync() =>
        Task.FromResult(Reasons.TryGetValue(this.GetPrimaryKeyString(), out var reason) ? reason : (DeactivationReasonCode?)null);
}

public interface INowhereGrain : IGrainWithStringKey;

public interface IIntegerGrain : IGrainWithIntegerKey
{
    Task<string> IdAsync();

    Task<long> KeyAsync();
}

public sealed class IntegerGrain : Grain, IIntegerGrain
{
    public Task<string> IdAsync() => Task.FromResult(this.GetGrainId().ToString());

    public Task<long> KeyAsync() => Task.FromResult(this.GetPrimaryKeyLong());
}

public interface IGuidGrain : IGrainWithGuidCompoundKey
{
    Task<string> IdAsync();
}

[GrainType("named")]
public sealed class GuidGrain : Grain, IGuidGrain
{
    public Task<string> IdAsync() => Task.FromResult(this.GetGrainId().ToString());
}
