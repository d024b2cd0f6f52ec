using ActorShop.Runtime.Activations;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Serialization;
using Orleans.Runtime;

namespace ActorShop.Runtime.Messaging;

/// <summary>A message that has come from another process.</summary>
internal interface IArrived
{
    Arrival Arrival { get; }
}

/// <summary>Where a message has come from, and what it brought: the part of it that does not depend on its result.</summary>
/// <remarks>Arguments are read when somebody asks for them: a process that only passes the call on never does.</remarks>
internal sealed class Arrival(WireCalls calls, WireMethod method, SiloAddress origin, long number, GrainId target, GrainId? sender, byte[] body)
{
    private Invokable? _request;

    public WireMethod Method => method;

    /// <summary>Who waits for the answer.</summary>
    public SiloAddress Origin => origin;

    /// <summary>The number of the call there; 0 where nobody waits.</summary>
    public long Number => number;

    public GrainId Target => target;

    public GrainId? Sender => sender;

    /// <summary>The arguments as they came.</summary>
    public byte[] Body => body;

    /// <summary>The token that the method is to be given, if it takes one.</summary>
    public CancellationToken Token { get; set; }

    /// <summary>What is asked.</summary>
    /// <exception cref="Orleans.Serialization.SerializerException">The arguments cannot be read.</exception>
    public Invokable Request => _request ??= Read();

    public void Succeed<TResult>(TResult result) => calls.AnswerValue(this, result);

    public void Succeed() => calls.AnswerDone(this);

    public void Fail(Exception exception) => calls.AnswerFault(this, exception);

    public void Reject(Rejection rejection) => calls.AnswerRejection(this, rejection);

    public void Relay(WireKind kind, ReadOnlySpan<byte> answer) => calls.AnswerRelayed(this, kind, answer);

    public override string ToString() => $"{method} to {target}";

    private Invokable Read()
    {
        var reader = new WireReader(body);
        var request = (Invokable)method.Codec.ReadValue(ref reader, reader.ReadTag())!;
        request.SetCancellationToken(Token);
        return request;
    }
}

/// <summary>A call from another process: whoever settles it here sends the answer there.</summary>
internal abstract class ArrivedMessage<TTask> : TaskMessage<TTask>, IArrived
    where TTask : Task
{
    protected ArrivedMessage(Arrival arrival, InvokeOptions options) => (Arrival, Options) = (arrival, options);

    public Arrival Arrival { get; }

    public override GrainId Target => Arrival.Target;

    public override GrainId? SenderId => Arrival.Sender;

    public override Invokable Request => Arrival.Request;

    public override bool TryReject(Rejection rejection)
    {
        if (!TrySettle())
        {
            return false;
        }

        Arrival.Reject(rejection);
        return true;
    }

    // Passed on unread: it concerns this process no further.
    public override bool TryAnswer(WireMessages wire, WireKind kind, ReadOnlySpan<byte> answer)
    {
        if (!TrySettle())
        {
            return false;
        }

        Arrival.Relay(kind, answer);
        return true;
    }

    public override string ToString() => Arrival.ToString();

    // Its answer is a frame, which passes the gate of frames.
    protected override bool LeavesSilo => false;

    protected override TTask Keep(TTask task) => task;

    protected override void Fail(Exception exception) => Arrival.Fail(exception);
}

/// <summary>A call from another process that is answered with a value.</summary>
/// <typeparam name="TResult">The value.</typeparam>
internal sealed class ArrivedResult<TResult>(Arrival arrival, InvokeOptions options) : ArrivedMessage<Task<TResult>>(arrival, options)
{
    protected override Task<TResult> Invoke(object target) => ((Invokable<TResult>)Arrival.Request).InvokeAsync(target);

    protected override async Task<TResult> InvokeFiltered(RequestHost host, object target) =>
        await (host.Filters ?? IncomingFilters.None).InvokeAsync(this, host, target) is TResult result ? result : default!;

    protected override void Succeed(Task<TResult> task) => Arrival.Succeed(task.Result);
}

/// <summary>A call from another process that is answered without a value, or not at all.</summary>
internal sealed class ArrivedVoid(Arrival arrival, InvokeOptions options) : ArrivedMessage<Task>(arrival, options)
{
    protected override Task Invoke(object target) => ((VoidInvokable)Arrival.Request).InvokeAsync(target);

    protected override Task InvokeFiltered(RequestHost host, object target) =>
        (host.Filters ?? IncomingFilters.None).InvokeAsync(this, host, target);

    protected override void Succeed(Task task) => Arrival.Succeed();
}
