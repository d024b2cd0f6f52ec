using ActorShop.Orders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Carts;

/// <summary>A cart, and its checkout: one write before the order begins, and one when it has settled.</summary>
/// <remarks>
/// The offers of all lines are read at every read of the cart, and frozen at checkout (ADR 17). The order and its payment are placed on the
/// cart's silo.
/// </remarks>
[Reentrant, GrainType("cart"), PreferLocalPlacement]
internal sealed partial class CartGrain(
    [PersistentState("cart")] IPersistentState<EntityRecord<Cart, CartEvent>> stored,
    IOptions<CartsOptions> options,
    IOptions<OrdersOptions> orders,
    TimeProvider clock,
    ILogger<CartGrain> logger)
    : EntityGrain<Cart, CartEvent>(stored, clock), ICartGrain
{
    // The external id of a cart that is being created.
    private string? _externalId;

    // The checkout that a caller waits for: its lines may not change, even before it is durable.
    private (OrderId Order, Task<CheckoutResult> Result)? _running;
    private bool _isResuming;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        ResumeLater();
    }

    public Task<bool> HoldsExternalIdAsync(string externalId) =>
        Task.FromResult(string.Equals(Head.ExternalId ?? _externalId, externalId, StringComparison.Ordinal));

    public async Task ResumeAsync()
    {
        // A waiting caller or a running resumption ends the checkout.
        if (DeactivatesUnlessDue() || _running is not null || _isResuming)
        {
            return;
        }

        if (Head.Attempt is not { } attempt)
        {
            await ExpireAsync();
            return;
        }

        _isResuming = true;
        try
        {
            await FinishAsync(attempt);
        }
        finally
        {
            _isResuming = false;
            ResumeLater();
        }
    }

    protected override Task OnTimerAsync() => ResumeAsync();

    private async Task<OrderView> PlaceAsync(CheckoutAttempt attempt)
    {
        var command = Head.CommandOf(attempt, new(Key));
        var began = Clock.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            var left = options.Value.CheckoutTimeout - Clock.GetElapsedTime(began);
            try
            {
                return await GrainFactory.Order(attempt.Order).PlaceAsync(command, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
            catch (Exception fault) when (fault is not ArgumentException && left > TimeSpan.Zero)
            {
                // The order's silo is lost, or its write failed: the call is repeated under the same id, at once and then after pauses.
                // After the timeout the caller gets the fault, because the order may not be stored.
                LogFault(logger, fault, Key, attempt.Order.Value);
            }

            if (tries > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * tries), Clock);
            }
        }
    }

    private static CheckoutResult ResultOf(OrderView order) => order.Status is OrderStatus.Failed
        ? new CheckoutResult.Failed(order)
        : new CheckoutResult.Placed(order);

    private void ResumeLater()
    {
        if (Head.Attempt is not null)
        {
            SetTimer(options.Value.ResumeAfter);
        }
    }

    [LoggerMessage(3200, LogLevel.Warning, "Cart {Cart} could not reach order {Order}; it is retried.")]
    private static partial void LogFault(ILogger logger, Exception fault, string cart, string order);
}
