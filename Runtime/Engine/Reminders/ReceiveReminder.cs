using System.Reflection;
using ActorShop.Runtime.Invocation;
using Orleans;
using Orleans.Runtime;

namespace ActorShop.Runtime.Reminders;

/// <summary>The call that a reminder's tick is. By hand, since the generator does not run over the programming model.</summary>
internal sealed class ReceiveReminder(string reminderName, TickStatus status) : VoidInvokable
{
    private static readonly MethodInfo ReceiveMethod = typeof(IRemindable).GetMethod(nameof(IRemindable.ReceiveReminder))!;

    private string _reminderName = reminderName;
    private TickStatus _status = status;

    public override string InterfaceName => "Orleans.IRemindable";

    public override string MethodId => nameof(IRemindable.ReceiveReminder);

    public override Type InterfaceType => typeof(IRemindable);

    public override string MethodName => nameof(IRemindable.ReceiveReminder);

    public override MethodInfo Method => ReceiveMethod;

    public override int ArgumentCount => 2;

    public override object? GetArgument(int index) => index == 0 ? _reminderName : _status;

    public override void SetArgument(int index, object? value)
    {
        if (index == 0)
        {
            _reminderName = (string)value!;
        }
        else
        {
            _status = (TickStatus)value!;
        }
    }

    public override Task InvokeAsync(object target) => ((IRemindable)target).ReceiveReminder(_reminderName, _status);
}
