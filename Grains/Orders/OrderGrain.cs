using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Orders;

/// <summary>Drives one order: asks its head what comes next, asks the world, and records the answer.</summary>
/// <remarks>
/// One driver runs at a time, whoever started it; callers wait for what they asked for as long as their budget lasts. When a step
/// tells nothing the driver ends and a timer starts the next one; when the activation is lost, the index of due work does.
/// </remarks>
[Reentrant, GrainType("order"), PreferLocalPlacement]
internal sealed partial class OrderGrain(
    [PersistentState("order")] IPersistentState<EntityRecord<Order, OrderEvent>> stored,
    IEventTable events,
    IOptions<OrdersOptions> options,
    TimeProvider clock,
    ILogger<OrderGrain> logger)
    : EntityGrain<Order, OrderEvent>(stored, clock), IOrderGrain
{
    // What was placed, as long as nothing about it is durable.
    private PlaceOrder? _command;
    private DateTimeOffset _began;

    // Why what was placed did not even begin.
    private OrderFailure? _refusal;

    private Task? _run;
    private IGrainTimer? _retry;
    private int _attempts;

    // Raised whenever something became durable; failed when nothing can become so any more.
    private readonly ChangeSignal _changed = new(clock);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Head.Due is not null)
        {
            // Whoever finds the order unfinished goes on with it, even if it was only asked how it is. Should a late write have
            // finished it meanwhile, the next step finds out.
            _retry = this.RegisterGrainTimer(RetryAsync, new() { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        }
    }

    public async Task<OrderView> PlaceAsync(PlaceOrder command, TimeSpan budget)
    {
        Order.Check(command);
        command = Order.OfInstallation(command, options.Value);
        if (Head.Command is null && _command is null)
        {
            _command = command;
            _refusal = null;

            // A cart says itself when its checkout began; an order taken elsewhere may have been placed a year ago.
            _began = command.Cart is null ? Now : command.PlacedAt;
        }

        Drive();
        await UntilAsync(() => Committed.IsSettled || _refusal is not null, budget);
        if (Head.Command is null && _refusal is { } refusal)
        {
            return Order.ViewOfUnwritten(new(Key), command, refusal);
        }

        if (Committed.Command is null)
        {
            // Whoever is told that the order goes on must find it, and go on it must, whatever becomes of this activation.
            await SaveAsync(Head.Accept(new(Key), command, _began, Now, options.Value));
        }

        return Committed.View(CommittedVersion)!;
    }

    public Task<OrderView?> GetAsync() => Task.FromResult(Committed.View(CommittedVersion));

    public Task<bool> HoldsExternalIdAsync(string externalId) => Task.FromResult(
        Head.Step is not OrderStep.Failed && string.Equals((Head.Command ?? _command)?.ExternalId, externalId, StringComparison.Ordinal));

    public Task<OrderOperationResult> CancelAsync(string operationId, string reason) =>
        OperateAsync(operationId, () => Head.RequestCancel(operationId, reason, Now, options.Value, HeadVersion));

    public Task<OrderOperationResult> CaptureAsync(string operationId) =>
        OperateAsync(operationId, () => Head.RequestCapture(operationId, Now, options.Value, HeadVersion));

    public Task<OrderOperationResult> RefundAsync(string operationId, RefundRequest request) =>
        OperateAsync(operationId, () => Head.RequestRefund(operationId, request, Now, options.Value, HeadVersion));

    public async Task ResumeAsync()
    {
        if (DeactivatesUnlessDue())
        {
            return;
        }

        Drive();
        try
        {
            // Waiting here gives the worker of due work back-pressure.
            await (_run ?? Task.CompletedTask).WaitAsync(options.Value.OperationBudget, Clock);
        }
        catch (TimeoutException)
        {
            // The driver goes on.
        }
    }

    private async Task<OrderOperationResult> OperateAsync(
        string operationId, Func<Decision<OrderOperationResult?, OrderEvent>> request)
    {
        ArgumentException.ThrowIfNullOrEmpty(operationId);
        if (Head.Command is null)
        {
            return _command is { } command
                ? new OrderOperationResult.Busy(Order.ViewOfUnwritten(new(Key), command), "order_not_confirmed")
                : new OrderOperationResult.Unknown();
        }

        if (Head.FindOperation(operationId) is null)
        {
            if (await RecallAsync(operationId) is { } finished)
            {
                return Committed.AnswerOf(finished, CommittedVersion);
            }

            // Somebody may have begun it meanwhile.
            if (Head.FindOperation(operationId) is null && await SaveAsync(request()) is { } refusal)
            {
                return refusal;
            }
        }

        Drive();
        await UntilAsync(() => Committed.FindOperation(operationId) is { Pending: false }, options.Value.OperationBudget);
        return Committed.FindOperation(operationId) is { } operation
            ? Committed.AnswerOf(operation, CommittedVersion)
            : new OrderOperationResult.Pending(Committed.View(CommittedVersion)!);
    }

    private async Task<OrderOperation?> RecallAsync(string operationId) => Head.Forgotten == 0
        ? null
        : (await events.FindAsync(Key, operationId))
            .Select(static row => Order.Recall(JsonSerializer.Deserialize<OrderEvent>(row.Data, ShopJson.Options)!))
            .LastOrDefault(static operation => operation is not null);

    private void Drive()
    {
        if (_run is { IsCompleted: false } || _retry is not null)
        {
            return;
        }

        _run = RunAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            // Every round begins from the head; it ends when there is nothing to do or nothing was learned.
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
            // Whatever it was, what is durable says how to go on. If a write failed this activation is over, and the next one does.
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

        _retry = this.RegisterGrainTimer(RetryAsync, new() { DueTime = pause, Period = Timeout.InfiniteTimeSpan, Interleave = true, KeepAlive = true });
    }

    private Task RetryAsync()
    {
        _retry?.Dispose();
        _retry = null;
        Drive();
        return Task.CompletedTask;
    }

    private async Task<TReply> SaveAsync<TReply>(Decision<TReply, OrderEvent> decision)
    {
        try
        {
            var reply = await CommitAsync(decision);
            _changed.Raise();
            return reply;
        }
        catch (Exception failure)
        {
            _changed.Fail(failure);
            throw;
        }
    }

    // The budget may be over first; the driver goes on.
    private async Task UntilAsync(Func<bool> isSo, TimeSpan budget)
    {
        var began = Clock.GetTimestamp();
        while (!isSo() && await _changed.WaitAsync(budget - Clock.GetElapsedTime(began)))
        {
        }
    }

    private enum StepOutcome
    {
        /// <summary>There is nothing to do.</summary>
        Idle,

        /// <summary>Something became durable: look again.</summary>
        Progress,

        /// <summary>Nothing was learned: try again later.</summary>
        Waiting,
    }
}
