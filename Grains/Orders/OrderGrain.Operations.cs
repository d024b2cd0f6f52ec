using System.Globalization;
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
                await RestockAsync(operation);
                return await SaveStepAsync(Head.EndRefund(operation));
            case OperationType.Cancel:
                await Bounded.SelectAsync(Head.RemainingUnits(), ReservationWidth, units => ReturnAsync(units, operation));
                return await SaveStepAsync(Head.EndCancel(operation));
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
        if (await stock.GetAsync() is { Policy: not Inventory.StockPolicy.Untracked })
        {
            await stock.AdjustAsync(
                $"{Head.Id}.cancel.{operation.Id}", units.Quantity, $"order {Order.NumberOf(Head.Id)} was cancelled");
        }

        return true;
    }

    private Task<Inventory.AdjustResult?[]> RestockAsync(OrderOperation operation) => Bounded.SelectAsync(
        [.. operation.Request!.Items.Index().Where(static item => item.Item.Restock)],
        ReservationWidth,
        item => GrainFactory.Stock(item.Item.Sku).AdjustAsync(
            string.Create(CultureInfo.InvariantCulture, $"{Head.Id}.refund.{operation.Id}.{item.Index}"),
            item.Item.Quantity,
            $"refund of order {Order.NumberOf(Head.Id)}"));
}
