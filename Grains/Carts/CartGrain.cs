using ActorShop.Orders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorShop.Carts;

/// <summary>A cart, and its checkout: one write beside the order's intent, and one when the order has settled.</summary>
/// <remarks>
/// The offers of all lines are read at every read of the cart, and frozen at checkout (ADR 17). The order is placed on the cart's silo.
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
    private (string Key, string Fingerprint, Task<CheckoutResult> Result)? _running;
    private bool _isResuming;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Head.Attempt is not null)
        {
            SetTimer(TimeSpan.Zero);
        }
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
            await SettleAsync(attempt, options.Value.CheckoutTimeout);
            await CommitAsync([]);
        }
        finally
        {
            _isResuming = false;
            ResumeLater();
        }
    }

    protected override Task OnTimerAsync() => ResumeAsync();

    private async Task<T> AskAsync<T>(OrderId order, long began, Func<IOrderGrain, TimeSpan, Task<T>> question)
    {
        for (var tries = 0; ; tries++)
        {
            var left = options.Value.CheckoutTimeout - Clock.GetElapsedTime(began);
            try
            {
                return await question(GrainFactory.Order(order), left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
            catch (Exception fault) when (fault is not ArgumentException && left > TimeSpan.Zero)
            {
                // The order's silo is lost, or its write failed: the call is repeated under the same id, at once and then after pauses.
                // After the timeout the caller gets the fault, because the order may not be stored.
                LogFault(logger, fault, Key, order.Value);
            }

            if (tries > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * tries), Clock);
            }
        }
    }

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
