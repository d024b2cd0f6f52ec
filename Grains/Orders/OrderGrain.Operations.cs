using System.Globalization;
using ActorShop.Inventory;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <content>Operations on a confirmed order: the provider first, then the shelves, then the record.</content>
internal sealed partial class OrderGrain
{
    private async Task<StepOutcome> OperateOnceAsync()
    {
        var outcome = StepOutcome.Idle;
        foreach (var operation in Head.Pending.ToArray())
        {
            // One that has to wait does not hold up the others.
            var one = await OperateAsync(operation);
            outcome = one is StepOutcome.Progress || outcome is StepOutcome.Progress ? StepOutcome.Progress : one;
        }

        return outcome;
    }

    private async Task<StepOutcome> OperateAsync(OrderOperation operation)
    {
        switch (await AskPaymentAsync(operation))
        {
            case PaymentResult.Declined declined:
                return await SaveStepAsync(Head.Decline(operation, declined.Code));
            case PaymentResult.Unknown:
                return StepOutcome.Waiting;
        }

        switch (operation.Type)
        {
            case OperationType.Refund:
                return await RestockAsync(operation) ? await SaveStepAsync(Head.EndRefund(operation)) : StepOutcome.Waiting;
            case OperationType.Cancel:
                var back = await Concurrency.ForEachAsync(Head.RemainingUnits(), ReservationWidth, units => ReturnAsync(units, operation));
                return back.All(static isBack => isBack) ? await SaveStepAsync(Head.EndCancel(operation)) : StepOutcome.Waiting;
            case OperationType.Capture:
            default:
                return await SaveStepAsync(Head.EndCapture(operation, Now));
        }
    }

    private async Task<PaymentResult> AskPaymentAsync(OrderOperation operation)
    {
        var key = Head.KeyOf(operation);
        return operation.Type switch
        {
            OperationType.Capture => await Payment.CaptureAsync(key, Head.Command!.Totals.Total),
            OperationType.Refund when operation.Refunded == 0 => new PaymentResult.Done(),
            OperationType.Refund => await Payment.RefundAsync(key, Head.RemainingMoney with { Amount = operation.Refunded }),
            OperationType.Cancel when !Head.IsCaptured => await Payment.VoidAsync(key),
            _ when Head.RemainingMoney.Amount == 0 => new PaymentResult.Done(),
            _ => await Payment.RefundAsync(key, Head.RemainingMoney),
        };
    }

    private async Task<bool> ReturnAsync(Demand units, OrderOperation operation)
    {
        var stock = GrainFactory.Stock(units.Sku);

        // What is not counted did not leave either.
        return await stock.GetAsync() is { Policy: Inventory.StockPolicy.Untracked }
            || await PutBackAsync(
                units, $"{Head.Id}.cancel.{operation.Id}", $"order {Order.NumberOf(Head.Id)} was cancelled");
    }

    private async Task<bool> RestockAsync(OrderOperation operation)
    {
        var back = await Concurrency.ForEachAsync(
            [.. operation.Request!.Items.Index().Where(static item => item.Item.Restock)],
            ReservationWidth,
            item => PutBackAsync(
                new(item.Item.Sku, item.Item.Quantity),
                string.Create(CultureInfo.InvariantCulture, $"{Head.Id}.refund.{operation.Id}.{item.Index}"),
                $"refund of order {Order.NumberOf(Head.Id)}"));
        return back.All(static isBack => isBack);
    }

    // A stock that can count no further waits for a count of the merchant's, and so does what is owed to it: units are never lost.
    private async Task<bool> PutBackAsync(Demand units, string operationId, string reason)
    {
        var result = await GrainFactory.Stock(units.Sku).AdjustAsync(operationId, units.Quantity, reason);
        if (result is Inventory.AdjustResult.Adjusted)
        {
            return true;
        }

        LogNotBack(logger, Key, units.Sku.Value, units.Quantity, result.ToString());
        return false;
    }
}
