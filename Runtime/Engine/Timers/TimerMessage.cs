using System.Reflection;
using ActorShop.Runtime.Invocation;
using ActorShop.Runtime.Messaging;
using Orleans.Runtime;

namespace ActorShop.Runtime.Timers;

/// <summary>A tick on its way to its activation.</summary>
internal sealed class TimerMessage(GrainTimer timer, bool interleave, bool keepAlive)
    : VoidMessage(
        timer.Activation.GrainId,
        new TimerTick(timer),
        interleave ? InvokeOptions.AlwaysInterleave : InvokeOptions.None)
{
    public override bool CountsAsUse => keepAlive;

    protected override bool LeavesSilo => false;

    protected override bool IsUnattended => true;
}

/// <summary>The call that a tick is, as filters see it.</summary>
internal sealed class TimerTick(GrainTimer timer) : VoidInvokable
{
    private static readonly MethodInfo TickMethod = typeof(GrainTimer).GetMethod(nameof(GrainTimer.TickAsync))!;

    public override string InterfaceName => "Orleans.Runtime.IGrainTimerInvoker";

    public override string MethodId => MethodName;

    public override string MethodName => "InvokeCallbackAsync";

    public override Type InterfaceType => typeof(IGrainTimer);

    public override MethodInfo Method => TickMethod;

    public override int ArgumentCount => 0;

    public override object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public override void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    public override Task InvokeAsync(object target) => timer.TickAsync();
}
