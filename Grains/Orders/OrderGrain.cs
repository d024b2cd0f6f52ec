using System.Text.Json;
using ActorShop.Inventory;
using ActorShop.Payments;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Orders;

/// <summary>Runs the saga of one order and the operations on it.</summary>
/// <remarks>
/// One run at a time, whatever call started it; callers wait for their own result until their timeout. If a step has no outcome yet, the run
/// ends and a timer starts the next one; if the activation is lost, the worker of due work resumes the order.
/// </remarks>
[Reentrant, GrainType("order"), PreferLocalPlacement]
internal sealed partial class OrderGrain(
    [PersistentState("order")] IPersistentState<EntityRecord<Order, OrderEvent>> stored,
    IPaymentProvider provider,
    IEventTable events,
    IOptions<OrdersOptions> options,
    TimeProvider clock,
    ILogger<OrderGrain> logger)
    : EntityGrain<Order, OrderEvent>(stored, clock), IOrderGrain
{
    private Task? _run;
    private int _attempts;

    // Raised when something has become durable; failed when this activation can write no more.
    private readonly ChangeSignal _changed = new(clock);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Head.Due is not null)
        {
            // An unfinished order is resumed by any call, a read included. If a late write has finished it meanwhile, the next step finds out.
            SetTimer(TimeSpan.Zero);
        }
    }

    public Task<OrderView?> GetAsync() => Task.FromResult(Committed.View(CommittedVersion, Now));

    public Task<bool> HoldsExternalIdAsync(string externalId) => Task.FromResult(
        Head.Step is not OrderStep.Failed && string.Equals(Head.Command is { } stored ? stored.ExternalId : _command?.ExternalId, externalId, StringComparison.Ordinal));

    public async Task ResumeAsync()
    {
        if (DeactivatesUnlessDue())
        {
            return;
        }

        _awaitsCart = false;
        RunSaga();
        try
        {
            // Waiting here gives the worker back-pressure.
            await (_run ?? Task.CompletedTask).WaitAsync(options.Value.OperationTimeout, Clock);
        }
        catch (TimeoutException)
        {
            // The run continues.
        }
    }

    /// <summary>Begins an operation, or joins it, and waits for its end.</summary>
    private async Task<OrderOperationResult> OperateAsync(
        string operationId, Func<Decision<OrderOperationResult?, OrderEvent>> request)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        if (Head.Command is null)
        {
            return _command is { } command
                ? new OrderOperationResult.Busy(Order.ViewOfUnwritten(new(Key), command, options.Value), new OrderRefusal.OrderNotConfirmed())
                : new OrderOperationResult.Unknown();
        }

        if (Head.FindOperation(operationId) is null)
        {
            if (await RecallAsync(operationId) is { } outcome)
            {
                return Committed.AnswerOf(outcome, CommittedVersion);
            }

            // Another caller may have begun it meanwhile.
            if (Head.FindOperation(operationId) is null && await SaveAsync(request()) is { } refusal)
            {
                return refusal;
            }
        }

        RunSaga();
        await UntilAsync(() => Committed.FindOperation(operationId) is { Pending: false }, options.Value.OperationTimeout);
        return Committed.FindOperation(operationId) is { Pending: false } finished
            ? Committed.AnswerOf(finished.Outcome, CommittedVersion)
            : new OrderOperationResult.Pending(Committed.View(CommittedVersion)!);
    }

    // The outcome of an operation that the head no longer stores.
    private async Task<OperationOutcome?> RecallAsync(string operationId) => Head.Forgotten == 0
        ? null
        : (await events.FindAsync(Key, operationId))
            .Select(static row => JsonSerializer.Deserialize<OrderEvent>(row.Data, ShopJson.Options)!.Outcome)
            .LastOrDefault(static outcome => outcome is not null);

    private Task<StepOutcome> StepAsync() => Head switch
    {
        { IsPlacing: true } => PlaceStepAsync(),
        { IsAbsent: true } when _command is not null => PlaceStepAsync(),
        { Step: OrderStep.Confirming } => ConfirmOldAsync(),
        { Step: OrderStep.Compensating } => CompensateAsync(),
        { Step: OrderStep.Confirmed } => CarryOutAsync(),
        _ => Task.FromResult(StepOutcome.Idle),
    };

    private async Task<StepOutcome> CarryOutAsync()
    {
        var outcome = StepOutcome.Idle;
        // Only operations whose request is durable: its write may still fail, and the provider's effect would have no record.
        foreach (var operation in Committed.Pending.ToArray())
        {
            // An operation that has to wait does not hold up the others.
            var one = await CarryOutAsync(operation);
            outcome = one is StepOutcome.Progress || outcome is StepOutcome.Progress ? StepOutcome.Progress : one;
        }

        return outcome;
    }

    private async Task<StepOutcome> CarryOutAsync(OrderOperation operation)
    {
        switch (await AskProviderAsync(operation.CallPayment(Head)))
        {
            case ProviderAnswer.Declined declined:
                return await SaveStepAsync(Head.Decline(operation, declined.Code, Now));
            case ProviderAnswer.Unknown:
                return StepOutcome.Waiting;
        }

        var moved = await Concurrency.ForEachAsync(operation.MoveUnits(Head), ReservationWidth, MoveAsync);
        return moved.All(static isMoved => isMoved) ? await SaveStepAsync(Head.Complete(operation, Now)) : StepOutcome.Waiting;
    }

    // Exactly the units that the stock allocated to the order are withdrawn from it; units that left it earlier return to it.
    // Where that is not possible the operation waits until the merchant has counted, so units are never lost.
    private async Task<bool> MoveAsync(UnitMove units)
    {
        var stock = GrainFactory.Stock(units.Sku);
        var taken = await stock.EndReservationAsync(Head.Id, Head.Taking);
        var result = taken switch
        {
            { Allocated: > 0 } when !Head.IsShipped => await stock.WithdrawAsync(Head.Id, units.OperationId, units.Quantity, !units.Restock, units.Reason),
            _ when units.Restock && taken != EndedReservation.Nothing => await stock.ReturnAsync(units.OperationId, units.Quantity, units.Reason),
            _ => null,
        };
        if (result is null or AdjustResult.Adjusted)
        {
            return true;
        }

        LogNotMoved(logger, Key, units.Sku.Value, units.Quantity, result.ToString());
        return false;
    }

    private void RunSaga()
    {
        if (_run is { IsCompleted: false } || IsTimerSet)
        {
            return;
        }

        _run = RunAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            // Every round begins from the head. The loop ends when there is nothing to do or a step has no outcome yet.
            while (await StepAsync() is var outcome && outcome is not StepOutcome.Idle)
            {
                if (outcome is StepOutcome.Waiting)
                {
                    RetryLater();
                    return;
                }

                _attempts = 0;
            }
        }
        catch (Exception fault)
        {
            // The durable state says how to continue. After a failed write this activation ends, and the next one continues.
            LogFault(logger, fault, Key, Head.Label);
            if (!_changed.HasFailed)
            {
                RetryLater();
            }
        }
    }

    private void RetryLater()
    {
        var pause = options.Value.RetryFrom * Math.Pow(2, Math.Min(_attempts++, 20));
        pause = pause < options.Value.RetryTo ? pause : options.Value.RetryTo;
        if (_attempts % 20 == 0)
        {
            LogStuck(logger, Key, Head.Label, _attempts);
        }

        SetTimer(pause);
    }

    protected override Task OnTimerAsync()
    {
        RunSaga();
        return Task.CompletedTask;
    }

    private async Task<TReply> SaveAsync<TReply>(Decision<TReply, OrderEvent> decision)
    {
        await SaveAsync(decision.Events);
        return decision.Reply;
    }

    private async Task SaveAsync(ImmutableArray<OrderEvent> events)
    {
        try
        {
            await CommitAsync(events);
            _changed.Raise();
        }
        catch (Exception failure)
        {
            _changed.Fail(failure);
            throw;
        }
    }

    // The timeout may elapse first; the run continues.
    private async Task UntilAsync(Func<bool> isSo, TimeSpan timeout)
    {
        var began = Clock.GetTimestamp();
        while (!isSo() && await _changed.WaitAsync(timeout - Clock.GetElapsedTime(began)))
        {
        }
    }

    private async Task<StepOutcome> SaveStepAsync(ImmutableArray<OrderEvent> events)
    {
        await SaveAsync(events);
        return events.IsEmpty ? StepOutcome.Waiting : StepOutcome.Progress;
    }

    private enum StepOutcome
    {
        Idle,

        /// <summary>Something has become durable: take the next step.</summary>
        Progress,

        /// <summary>The step has no outcome yet: try again later.</summary>
        Waiting,
    }
}
