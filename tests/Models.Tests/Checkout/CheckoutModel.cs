using System.Runtime.InteropServices;
using ActorShop.Models.Search;

namespace ActorShop.Models.Checkout;

/// <summary>The checkout in two flushes: carts, orders, the stock of one SKU, a coupon counter and the payment provider.</summary>
/// <remarks>
/// <para>
/// A grain writes its row on the condition that the row is still the one on which the write was decided. A write is therefore one step, however
/// long it was on its way, whether its sender lives or not: it lands on the row that it has read, or it is refused and nothing happens.
/// </para>
/// <para>
/// Nothing that was sent or answered is ever taken back. A call may arrive at any later time, any number of times, or never, and any life of
/// a grain may know any answer that was given to any other, and any row that was ever durable. Thus lives, crashes, lost, late and repeated
/// messages and writes in flight need no steps of their own, and there is no bound on any of them.
/// </para>
/// <para>A step decides on the row that it replaces, and otherwise only on what stays true: messages, final states, a row that was once durable.</para>
/// </remarks>
internal sealed class CheckoutModel : IModel<ShopState>
{
    private readonly Bounds _bounds;
    private readonly Shortcut _shortcut;
    private readonly OrderIds _ids;
    private readonly CheckoutProperties _properties;
    private ShopState _now;
    private Steps<ShopState> _steps = new();

    /// <param name="only">The one property to check, or null for all.</param>
    public CheckoutModel(Bounds bounds, Shortcut shortcut = Shortcut.None, Property? only = null)
    {
        _bounds = bounds;
        _shortcut = shortcut;
        _ids = new(bounds, shortcut);
        _properties = new(bounds, _ids, only);
        Liveness = only is null or Property.GoodEndIsReachable ? nameof(Property.GoodEndIsReachable) : null;
    }

    public ShopState Start => default;

    public string? Liveness { get; }

    public string? Broken(in ShopState state) => _properties.Broken(state)?.ToString();

    public bool IsGoodEnd(in ShopState state) => _properties.IsGoodEnd(state);

    // Two carts differ only in name.
    public void Canonicalize(ref ShopState state)
    {
        if (_bounds.Carts == 1 || _bounds.Rival)
        {
            return;
        }

        var other = state;
        (other.Carts[0], other.Carts[1]) = (state.Carts[1], state.Carts[0]);
        for (var id = 0; id < _ids.Count; id++)
        {
            other.Orders[id] = state.Orders[(id + _ids.PerCart) % _ids.Count];
            other.Provider[id] = state.Provider[(id + _ids.PerCart) % _ids.Count];
        }

        if (Bytes(other).SequenceCompareTo(Bytes(state)) < 0)
        {
            state = other;
        }

        static ReadOnlySpan<byte> Bytes(in ShopState state) => MemoryMarshal.AsBytes(new ReadOnlySpan<ShopState>(in state));
    }

    public void AddSteps(in ShopState state, Steps<ShopState> steps)
    {
        _now = state;
        _steps = steps;
        for (var cart = 0; cart < _bounds.Carts; cart++)
        {
            if (cart == 0 || !_bounds.Rival)
            {
                AddEdit(cart);
            }

            AddEndOfAttempt(cart);
        }

        for (var id = 0; id < _ids.Count; id++)
        {
            if (_ids.CartOf(id) == 0 || _ids.KeyOf(id) == 0 || !_bounds.Rival)
            {
                AddCheckout(id);
            }

            AddCheckoutInMemory(id);
            AddAttempt(id);
            AddOrder(id, _now.Orders[id]);
            if (_bounds.Provider)
            {
                AddProvider(id, _now.Orders[id]);
            }

            foreach (var participant in _properties.Participants)
            {
                AddParticipant(id, _now.Orders[id], participant);
            }
        }
    }

    private void AddEdit(int cart)
    {
        var row = _now.Carts[cart];
        if (!row.Closed && row.Edits < _bounds.Edits && (row.Attempt == 0 || _shortcut == Shortcut.EditWithoutAsking))
        {
            var next = _now;
            next.Carts[cart].Edits++;
            next.Carts[cart].EditedAt = ++next.Carts[cart].Version;
            _steps.Add(next, StepKind.Client, $"cart {cart + 1}: an edit is durable at version {row.Version + 1} and acknowledged");
        }
    }

    // A cart with an attempt asks its order before it accepts anything else.
    private void AddEndOfAttempt(int cart)
    {
        var row = _now.Carts[cart];
        if (row.Attempt == 0 || row.Closed)
        {
            return;
        }

        var id = (cart * _ids.PerCart) + row.Attempt - 1;
        var order = _now.Orders[id];
        var next = _now;
        if (order.HasFailed || (order.Status == OrderStatus.None && _shortcut == Shortcut.CartReopensForUnknownOrder))
        {
            next.Carts[cart].Attempt = next.Carts[cart].AttemptBase = 0;
            next.Carts[cart].Version++;
            _steps.Add(next, StepKind.Progress, $"cart {cart + 1}: asks order {OrderIds.Name(id)}, which is {order.Status}, and reopens at version {row.Version + 1}");
        }
        else if (order.IsSettled)
        {
            next.Carts[cart].Closed = true;
            _steps.Add(next, StepKind.Progress, $"cart {cart + 1}: asks order {OrderIds.Name(id)}, which is {order.Status}, and closes");
        }
    }

    // The cart decides in memory. Both the call to the order and the cart's own write are now on their way.
    private void AddCheckout(int id)
    {
        var row = _now.Carts[_ids.CartOf(id)];
        if (row.Attempt == 0 && !row.Closed && _ids.IsNext(_now, id) && !HasBit(_now.Orders[id].Intents, row.Version))
        {
            var next = _now;
            next.Orders[id].Intents |= Bit(row.Version);
            _steps.Add(next, StepKind.Client, $"cart {_ids.CartOf(id) + 1}: a checkout with key {_ids.KeyOf(id) + 1} at version {row.Version} calls order {OrderIds.Name(id)}");
        }
    }

    // One life of the cart has an edit in memory, numbers it as the next version, and calls the order with that base. The write of the edit is
    // refused in the end: the next version is another one.
    private void AddCheckoutInMemory(int id)
    {
        var row = _now.Carts[_ids.CartOf(id)];
        if (_shortcut == Shortcut.BaseInMemory && row.Attempt == 0 && _ids.IsNext(_now, id) && _now.Orders[id].Status == OrderStatus.None)
        {
            var next = With(id, OrderStatus.Pending);
            next.Orders[id].Lines = row.Version;
            next.Orders[id].Base = (byte)(row.Version + 1);
            next.Orders[id].Intents |= Bit(row.Version + 1);
            _steps.Add(next, StepKind.Client, $"order {OrderIds.Name(id)}: its intent with base {row.Version + 1} is durable; that version is in the memory of one life of the cart");
        }
    }

    private void AddAttempt(int id)
    {
        var cart = _ids.CartOf(id);
        var row = _now.Carts[cart];
        var order = _now.Orders[id];
        if (row.Attempt != 0 || row.Closed || row.Attempts == _bounds.Attempts || !MayName(row, order, id))
        {
            return;
        }

        var next = _now;
        ref var named = ref next.Carts[cart];
        named.Attempt = (byte)((id % _ids.PerCart) + 1);
        named.AttemptBase = _shortcut == Shortcut.AdoptionWithoutVersion && order.Status == OrderStatus.Pending ? order.Base : row.Version;
        named.Attempts++;
        named.Version++;
        next.Orders[id].Named |= Bit(named.AttemptBase);

        // A pending order asks the cart to adopt its attempt, which is the same write.
        var kind = order.Status == OrderStatus.Pending && order.Base == row.Version ? StepKind.Progress : StepKind.Late;
        _steps.Add(next, kind, $"cart {cart + 1}: its row names order {OrderIds.Name(id)} with base {named.AttemptBase} and is at version {named.Version}");
    }

    private bool MayName(in Cart row, in Order order, int id) => _shortcut switch
    {
        Shortcut.CartNotWritten => false,
        Shortcut.CartWrittenAfterAnswer when order.Status != OrderStatus.Confirmed => false,
        Shortcut.AdoptionWithoutVersion when order is { Status: OrderStatus.Pending, Named: 0 } => true,
        _ => _ids.NumberOf(id) == row.Attempts && HasBit(order.Intents, row.Version),
    };

    private void AddOrder(int id, in Order order)
    {
        switch (order.Status)
        {
            case OrderStatus.None:
                AddFirstRow(id, order);
                break;

            case OrderStatus.Pending:
                AddConfirmed(id, order);

                // Out of stock, declined, the deadline, or a cart that names another attempt.
                var end = _shortcut == Shortcut.FailWithoutVoid ? OrderStatus.Interrupted : OrderStatus.Compensating;
                _steps.Add(With(id, end), StepKind.Progress, $"order {OrderIds.Name(id)}: {end}");
                if (IsNamed(order) || _shortcut == Shortcut.RefusalBeforeCart)
                {
                    var next = With(id, OrderStatus.Compensating);
                    next.Orders[id].Refused = true;
                    _steps.Add(next, StepKind.Progress, $"order {OrderIds.Name(id)}: Compensating, with a refusal");
                }

                break;

            case OrderStatus.Compensating:
                if (!_bounds.Provider || _now.Provider[id] is ProviderState.Voided or ProviderState.Released)
                {
                    var failed = order.Refused ? OrderStatus.Failed : OrderStatus.Interrupted;
                    _steps.Add(With(id, failed), StepKind.Progress, $"order {OrderIds.Name(id)}: {failed}");
                }

                if (_shortcut == Shortcut.ConfirmOverCompensating)
                {
                    AddConfirmed(id, order);
                }

                break;

            case OrderStatus.Confirmed:
                AddAfterConfirmed(id, order);
                break;
        }
    }

    private void AddFirstRow(int id, in Order order)
    {
        if (_shortcut == Shortcut.NoIntent)
        {
            AddConfirmed(id, order);
        }

        var cart = _now.Carts[_ids.CartOf(id)];
        for (var version = 0; version < 8; version++)
        {
            if (HasBit(order.Intents, version) && _shortcut != Shortcut.NoIntent)
            {
                var next = With(id, OrderStatus.Pending);
                next.Orders[id].Base = next.Orders[id].Lines = (byte)version;

                // A cart that names the order calls it again.
                var kind = _ids.Names(cart, id) && cart.AttemptBase == version ? StepKind.Progress : StepKind.Late;
                _steps.Add(next, kind, $"order {OrderIds.Name(id)}: its intent with base {version} is durable");
            }
        }

        // EndIfAbsent, from a participant that has a part in the order, or had one when it asked.
        var holds = order.Holds[0] | order.Holds[1];
        if (order.Named != 0 || holds.HasFlag(Hold.Granted))
        {
            var kind = _ids.Names(cart, id) || holds.HasFlag(Hold.Reserved) ? StepKind.Progress : StepKind.Late;
            _steps.Add(With(id, OrderStatus.Tombstone), kind, $"order {OrderIds.Name(id)}: a participant asks, there is no row, and a tombstone is durable");
        }
    }

    private void AddConfirmed(int id, in Order order)
    {
        var provider = _now.Provider[id];
        if (IsFlushed(order) && (!_bounds.Provider || provider is ProviderState.Held or ProviderState.Released))
        {
            // Released: the provider's earlier answer is late.
            var cart = _now.Carts[_ids.CartOf(id)];
            var kind = _ids.Names(cart, id) && cart.AttemptBase == order.Base && provider != ProviderState.Released ? StepKind.Progress : StepKind.Late;
            _steps.Add(With(id, OrderStatus.Confirmed), kind, $"order {OrderIds.Name(id)}: Confirmed");
        }
    }

    private void AddAfterConfirmed(int id, in Order order)
    {
        var allocated = _properties.Participants.Length > 0;
        foreach (var participant in _properties.Participants)
        {
            allocated &= order.Holds[participant].HasFlag(Hold.Allocated);
        }

        if (allocated && !order.Counted)
        {
            var next = _now;
            next.Orders[id].Counted = true;
            _steps.Add(next, StepKind.Progress, $"order {OrderIds.Name(id)}: its line remembers the allocation");
        }

        if (_bounds.Cancels && (order.Counted || _shortcut == Shortcut.CancelBeforeCounted))
        {
            _steps.Add(With(id, OrderStatus.Cancelled), StepKind.Client, $"order {OrderIds.Name(id)}: Cancelled");
        }
    }

    private void AddProvider(int id, in Order order)
    {
        var before = _now.Provider[id];
        var asked = _shortcut switch
        {
            Shortcut.ProviderBesideIntent => order.IsPlaced,
            Shortcut.NoIntent => order.IsPlaced && IsFlushed(order),
            _ => order.HadIntent && IsFlushed(order),
        };
        if (asked && (before == ProviderState.NotAsked || (before == ProviderState.Voided && _shortcut == Shortcut.VoidNotFinal)))
        {
            var kind = order.Status == OrderStatus.Pending ? StepKind.Progress : StepKind.Late;
            _steps.Add(With(id, ProviderState.Held), kind, $"provider: authorises order {OrderIds.Name(id)}");
            _steps.Add(With(id, ProviderState.Declined), kind, $"provider: declines order {OrderIds.Name(id)}");
        }

        // A void that arrives late meets a key that is voided already.
        var voids = order.Status == OrderStatus.Compensating || (order.Status == OrderStatus.Pending && _shortcut == Shortcut.VoidBeforeCompensating);
        if (voids && before is not (ProviderState.Voided or ProviderState.Released))
        {
            var after = before == ProviderState.Held ? ProviderState.Released : ProviderState.Voided;
            _steps.Add(With(id, after), StepKind.Progress, $"provider: voids order {OrderIds.Name(id)}, which was {before}");
        }
    }

    private void AddParticipant(int id, in Order order, int participant)
    {
        var hold = order.Holds[participant];
        var reserved = hold.HasFlag(Hold.Reserved);
        var allocated = hold.HasFlag(Hold.Allocated);
        var name = participant == 0 ? "stock" : "coupon counter";

        // The call left with the intent, before that was durable.
        if (order.IsPlaced && !reserved && _properties.Available(_now, participant) > 0)
        {
            var kind = order.Status == OrderStatus.Pending ? StepKind.Progress : StepKind.Late;
            _steps.Add(With(id, participant, hold | Hold.Reserved | Hold.Granted), kind, $"{name}: reserves for order {OrderIds.Name(id)}");
        }

        // The order tells the stock, or answers when the stock asks.
        var allocates = order.IsSettled && (_shortcut == Shortcut.AllocationWithoutLedger ? reserved : !allocated);
        if (allocates)
        {
            var next = With(id, participant, (hold & ~Hold.Reserved) | Hold.Allocated);
            next.Allocated[participant]++;
            var kind = order.Status == OrderStatus.Confirmed && _shortcut != Shortcut.QuestionOnlyKeeps ? StepKind.Progress : StepKind.Late;
            _steps.Add(next, kind, $"{name}: allocates for order {OrderIds.Name(id)}");
        }

        if (reserved && ((allocated && !allocates) || order.Status == OrderStatus.Cancelled || order.HasFailed || Frees(order.Status, participant)))
        {
            _steps.Add(With(id, participant, hold & ~Hold.Reserved), StepKind.Progress, $"{name}: asks order {OrderIds.Name(id)}, which is {order.Status}, and drops its reservation");
        }

        if (order.Status == OrderStatus.Cancelled && order.Counted && !hold.HasFlag(Hold.Returned))
        {
            var next = With(id, participant, hold | Hold.Returned);
            next.Allocated[participant]--;
            _steps.Add(next, StepKind.Progress, $"{name}: takes back the unit of order {OrderIds.Name(id)}");
        }
    }

    private bool Frees(OrderStatus status, int participant) => _shortcut switch
    {
        Shortcut.ReservationExpires => true,
        Shortcut.StockFreesForUnknownOrder => status == OrderStatus.None && participant == 0,
        Shortcut.CounterFreesForUnknownOrder => status == OrderStatus.None && participant == 1,
        _ => false,
    };

    // Flush 1 is durable everywhere, and a life of the order knows it.
    private bool IsFlushed(in Order order)
    {
        foreach (var participant in _properties.Participants)
        {
            if (!order.Holds[participant].HasFlag(Hold.Granted) && _shortcut != Shortcut.ConfirmBesideReservation)
            {
                return false;
            }
        }

        return IsNamed(order);
    }

    // The cart's write counts as done only if order and base are those of the intent.
    private bool IsNamed(in Order order) => _shortcut switch
    {
        Shortcut.AttemptWithoutVersion => order.Named != 0,
        Shortcut.SettleBesideCart or Shortcut.CartNotWritten or Shortcut.CartWrittenAfterAnswer or Shortcut.NoIntent => true,
        _ => HasBit(order.Named, order.Base),
    };

    private static byte Bit(int version) => checked((byte)(1 << version));

    private static bool HasBit(byte bits, int version) => (bits & (1 << version)) != 0;

    private ShopState With(int id, OrderStatus status)
    {
        var next = _now;
        next.Orders[id].Status = status;
        return next;
    }

    private ShopState With(int id, ProviderState provider)
    {
        var next = _now;
        next.Provider[id] = provider;
        return next;
    }

    private ShopState With(int id, int participant, Hold hold)
    {
        var next = _now;
        next.Orders[id].Holds[participant] = hold;
        return next;
    }
}
