using System.Runtime.CompilerServices;
using ActorShop.Reporting;

namespace ActorShop.Orders;

/// <summary>Goal: sagas can be found by every step that an order has.</summary>
[Trait("Suite", "Unit")]
public sealed class OrderStepsTests
{
    [Fact]
    public void EveryStep_IsOneThatSagasCanBeFoundBy()
    {
        var steps = Enum.GetValues<OrderStep>().Select(static step => new Order { Step = step }.Label);
        var operations = typeof(OrderOperation).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(OrderOperation)) && !type.IsAbstract)
            .Select(static type => ((OrderOperation)RuntimeHelpers.GetUninitializedObject(type)).Label);

        steps.Concat(operations).ShouldBe(SagaEntry.Steps, ignoreOrder: true);
    }
}
