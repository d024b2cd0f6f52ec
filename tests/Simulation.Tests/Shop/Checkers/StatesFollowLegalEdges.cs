using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>Sagas and operations move along the edges that are drawn for them, and what has ended stays ended.</summary>
internal sealed class StatesFollowLegalEdges(World world) : Checker(world)
{
    private readonly Dictionary<string, string> _sagas = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Order, string Operation), string> _operations = [];

    public override void OnWrite(CommittedWrite write)
    {
        foreach (var happened in write.Of<OrderEvent>("order"))
        {
            switch (happened)
            {
                case OrderEvent.Placed:
                    Move(write.Key, "placed", from: [string.Empty]);
                    break;
                case OrderEvent.Reserved:
                    Move(write.Key, "authorising", from: ["placed"]);
                    break;
                case OrderEvent.Authorised:
                    Move(write.Key, "confirming", from: ["authorising"]);
                    break;
                case OrderEvent.Confirmed:
                    Move(write.Key, "confirmed", from: ["confirming"]);
                    break;
                case OrderEvent.Compensating:
                    Move(write.Key, "compensating", from: ["placed", "authorising", "confirming"]);
                    break;
                case OrderEvent.Failed:
                    Move(write.Key, "failed", from: ["placed", "compensating"]);
                    break;
                case OrderEvent.CaptureRequested or OrderEvent.RefundRequested or OrderEvent.CancelRequested:
                    Begin(write.Key, happened.Reference!);
                    break;
                case OrderEvent.Captured or OrderEvent.Refunded or OrderEvent.Cancelled or OrderEvent.OperationDeclined:
                    End(write.Key, happened.Reference!);
                    break;
                default:
                    Violated($"{write.Key}: nobody knows {happened}.");
                    break;
            }
        }
    }

    private void Move(string order, string to, string[] from)
    {
        var at = _sagas.GetValueOrDefault(order, string.Empty);
        Holds(from.Contains(at, StringComparer.Ordinal), $"{order} goes from '{at}' to '{to}'.");
        _sagas[order] = to;
    }

    private void Begin(string order, string operation)
    {
        Holds(_sagas.GetValueOrDefault(order) is "confirmed", $"{order} is {_sagas.GetValueOrDefault(order)} and begins {operation}.");
        Holds(_operations.TryAdd((order, operation), "pending"), $"{order} begins {operation} twice.");
    }

    private void End(string order, string operation)
    {
        Holds(_operations.GetValueOrDefault((order, operation)) is "pending", $"{order} ends {operation}, which is not under way.");
        _operations[(order, operation)] = "ended";
    }
}
