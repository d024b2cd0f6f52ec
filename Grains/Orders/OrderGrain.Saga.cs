using ActorShop.Inventory;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <content>The steps of the checkout saga. Each asks the world under keys that are the same at every attempt.</content>
internal sealed partial class OrderGrain
{
    // One order of a thousand lines shall not crowd out a thousand orders of one line.
    private const int ReservationWidth = 64;

    private IPaymentGrain Payment => GrainFactory.Payment(Order.PaymentOf(new(Key)));

    private Task<StepOutcome> StepAsync()
    {
        if (Head.IsOverdue(Now))
        {
            LogCompensating(logger, Key, "checkout_expired");
            return SaveStepAsync(Head.Expire(Now));
        }

        return Head.Step switch
        {
            OrderStep.None when Head.Command is { } accepted => ReserveAsync(accepted with { PaymentToken = Head.Token }, Head.Deadline),
            OrderStep.None when _command is { } command => ReserveAsync(command, _began + options.Value.Deadline),
            OrderStep.Authorising => AuthoriseAsync(),
            OrderStep.Confirming => ConfirmAsync(),
            OrderStep.Compensating => CompensateAsync(),
            OrderStep.Confirmed => OperateOnceAsync(),
            _ => Task.FromResult(StepOutcome.Idle),
        };
    }

    private async Task<StepOutcome> ReserveAsync(PlaceOrder command, DateTimeOffset deadline)
    {
        var id = new OrderId(Key);
        if (Now >= deadline)
        {
            return await SaveStepAsync(Head.Refuse(
                id, command, new("checkout_expired", DeclineCode: null, Sku: null, Available: null), holdsUnits: true, Now, options.Value));
        }

        if (!await ClaimExternalIdAsync(command))
        {
            return await RefuseExternalIdAsync(command);
        }

        var demand = Order.DemandOf(command.Lines);
        var results = await Concurrency.ForEachAsync(
            demand,
            ReservationWidth,
            wanted => GrainFactory.Stock(wanted.Sku).ReserveAsync(id, wanted.Quantity, options.Value.ReservationLifetime),
            isEnough: static result => result is not ReserveResult.Reserved);

        if (Array.FindIndex(results, static result => result is not null and not ReserveResult.Reserved) is var refused and >= 0)
        {
            var failure = results[refused] is ReserveResult.Insufficient { Available: var available }
                ? new OrderFailure("insufficient_stock", DeclineCode: null, demand[refused].Sku, available)
                : new OrderFailure("checkout_expired", DeclineCode: null, demand[refused].Sku, Available: null);
            LogCompensating(logger, Key, failure.Code);
            return await SaveStepAsync(Head.Refuse(
                id, command, failure, holdsUnits: results.Any(static result => result is ReserveResult.Reserved), Now, options.Value));
        }

        var expiresAt = results.OfType<ReserveResult.Reserved>().Min(static reserved => reserved.ExpiresAt);
        return await SaveStepAsync(Head.Begin(id, command, expiresAt, Now, options.Value));
    }

    // At every attempt: while nothing is durable, the id may go to another order after a crash.
    private async Task<bool> ClaimExternalIdAsync(PlaceOrder command) =>
        command.ExternalId is not { } externalId
        || string.Equals(await GrainFactory.ExternalId(ExternalId.OfOrders, externalId).ClaimAsync(Key), Key, StringComparison.Ordinal);

    private async Task<StepOutcome> RefuseExternalIdAsync(PlaceOrder command)
    {
        var refusal = new OrderFailure("external_id_taken", DeclineCode: null, Sku: null, Available: null);
        if (Head.Command is not null)
        {
            // Somebody was told that it goes on, so its failure has to be there too.
            return await SaveStepAsync(Head.Refuse(new(Key), command, refusal, holdsUnits: true, Now, options.Value));
        }

        _command = null;
        _refusal = refusal;
        _changed.Raise();
        return StepOutcome.Idle;
    }

    private async Task<StepOutcome> AuthoriseAsync()
    {
        var total = Head.Command!.Totals.Total;
        var result = Head.Command.Tender is OrderTender.External
            ? await Payment.RecordExternalAsync(Head.AuthoriseKey, Head.Id, total)
            : await Payment.AuthoriseAsync(Head.AuthoriseKey, Head.Id, total, Head.Token ?? string.Empty);
        return await SaveStepAsync(Head.Authorise(result, Now));
    }

    private async Task<StepOutcome> ConfirmAsync()
    {
        var demand = Order.DemandOf(Head.Command!.Lines);
        var results = await Concurrency.ForEachAsync(
            demand,
            ReservationWidth,
            wanted => GrainFactory.Stock(wanted.Sku).CommitAsync(Head.Id),
            isEnough: static result => result is CommitResult.Lost);
        var lost = Array.FindIndex(results, static result => result is CommitResult.Lost);
        return await SaveStepAsync(Head.Confirm(lost < 0 ? null : demand[lost].Sku));
    }

    private async Task<StepOutcome> CompensateAsync()
    {
        if (Head.MayBeHeld && !await GiveUpHoldAsync())
        {
            return StepOutcome.Waiting;
        }

        var wanted = Order.DemandOf(Head.Command!.Lines);
        var back = await Concurrency.ForEachAsync(
            wanted, ReservationWidth, units => Head.MayBeTaken ? ReturnAsync(units) : ReleaseAsync(units));
        return back.All(static isBack => isBack) ? await SaveStepAsync(Head.EndCompensation()) : StepOutcome.Waiting;
    }

    private async Task<bool> GiveUpHoldAsync()
    {
        if (Head.Command!.Tender is OrderTender.External)
        {
            // Recorded first, so that a record on its way cannot come after its own end.
            await Payment.RecordExternalAsync(Head.AuthoriseKey, Head.Id, Head.Command.Totals.Total);
        }

        var result = await Payment.VoidAsync(Head.VoidKey);
        if (result is PaymentResult.Declined declined)
        {
            LogVoidRefused(logger, Key, declined.Code);
        }

        return result is PaymentResult.Done;
    }

    private async Task<bool> ReleaseAsync(Demand wanted)
    {
        await GrainFactory.Stock(wanted.Sku).ReleaseAsync(Head.Id);
        return true;
    }

    // The units may have left the stock or not. Reserving again under the same id is the question which: a reservation that ended
    // stays ended, and one that is alive (or, had the expiry been quicker, made anew) is released.
    private async Task<bool> ReturnAsync(Demand wanted)
    {
        var stock = GrainFactory.Stock(wanted.Sku);
        switch (await stock.ReserveAsync(Head.Id, wanted.Quantity, options.Value.ReservationLifetime))
        {
            case ReserveResult.Reserved:
                await stock.ReleaseAsync(Head.Id);
                break;
            case ReserveResult.Ended { Committed: true }:
                return await PutBackAsync(wanted, $"{Head.Id}.restock", $"order {Order.NumberOf(Head.Id)} did not come about");
        }

        return true;
    }

    private async Task<StepOutcome> SaveStepAsync(Decision<bool, OrderEvent> decision)
    {
        await SaveAsync(decision);
        return decision.Events.IsEmpty ? StepOutcome.Waiting : StepOutcome.Progress;
    }
}
