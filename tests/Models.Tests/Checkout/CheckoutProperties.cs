namespace ActorShop.Models.Checkout;

/// <summary>What must hold in every state, and what a good end is.</summary>
/// <param name="only">The one property to check, or null for all.</param>
internal sealed class CheckoutProperties(Bounds bounds, OrderIds ids, Property? only)
{
    /// <summary>Gets the stock (0) and the coupon counter (1), as far as they take part.</summary>
    public int[] Participants { get; } = [.. new[] { 0, 1 }.Where(participant => Capacity(bounds, participant) > 0)];

    public Property? Broken(in ShopState state)
    {
        Property? broken = null;
        foreach (var participant in Participants)
        {
            Check(Property.ConfirmedWithinUnits, Confirmed(state) <= Capacity(bounds, participant));
            Check(Property.AvailableNotNegative, Available(state, participant) >= 0);
            Check(Property.ReservationEndsOnce, state.Allocated[participant] == Count(state, participant, Hold.Allocated) - Count(state, participant, Hold.Returned));
        }

        for (var id = 0; id < ids.Count; id++)
        {
            var order = state.Orders[id];
            var held = state.Provider[id] == ProviderState.Held;
            Check(Property.ConfirmedHasUnits, order.Status != OrderStatus.Confirmed || HasUnits(order));
            Check(Property.ConfirmedHoldsMoney, order.Status != OrderStatus.Confirmed || held || !bounds.Provider);
            Check(Property.FailedHoldsNoMoney, !order.HasFailed || !held);
            Check(Property.EditIsCharged, !order.IsSettled || order.Lines >= state.Carts[ids.CartOf(id)].EditedAt);
            for (var other = ids.CartOf(id) * ids.PerCart; other < id; other++)
            {
                var twin = state.Orders[other];
                Check(Property.OneCartOneOrder, !order.IsSettled || !twin.IsSettled);
                if (ids.KeyOf(other) == ids.KeyOf(id))
                {
                    Check(Property.OneKeyOneOrder, !IsAnswer(order) || !IsAnswer(twin));
                    Check(Property.RepeatDoesNotCompete, ids.NumberOf(other) != ids.NumberOf(id) || order.Base != twin.Base || !Compete(state, order, twin));
                }
            }
        }

        return broken;

        void Check(Property property, bool holds)
        {
            if (!holds && (only ?? property) == property)
            {
                broken ??= property;
            }
        }
    }

    public int Available(in ShopState state, int participant) => Capacity(bounds, participant) - state.Allocated[participant] - Count(state, participant, Hold.Reserved);

    /// <summary>Everything is settled, told and counted.</summary>
    public bool IsGoodEnd(in ShopState state)
    {
        foreach (var participant in Participants)
        {
            if (state.Allocated[participant] != Confirmed(state) || Count(state, participant, Hold.Reserved) > 0)
            {
                return false;
            }
        }

        for (var id = 0; id < ids.Count; id++)
        {
            var order = state.Orders[id];
            var cart = state.Carts[ids.CartOf(id)];
            var isEnded = order.Status switch
            {
                OrderStatus.Pending or OrderStatus.Compensating => false,
                OrderStatus.Confirmed => cart.Closed && (order.Counted || Participants.Length == 0),
                _ => cart.Closed || cart.Attempt == 0,
            };
            if (!isEnded)
            {
                return false;
            }
        }

        return true;
    }

    private static int Capacity(Bounds bounds, int participant) => participant == 0 ? bounds.Units : bounds.Coupons;

    private static bool IsAnswer(in Order order) => order.IsSettled || order.Status == OrderStatus.Failed;

    private bool HasUnits(in Order order)
    {
        var has = true;
        foreach (var participant in Participants)
        {
            has &= (order.Holds[participant] & (Hold.Reserved | Hold.Allocated)) != Hold.None;
        }

        return has;
    }

    private bool Compete(in ShopState state, in Order order, in Order twin)
    {
        foreach (var participant in Participants)
        {
            if (order.Status == OrderStatus.Pending && twin.Status == OrderStatus.Pending && Available(state, participant) == 0
                && ((order.Holds[participant] ^ twin.Holds[participant]) & Hold.Reserved) != Hold.None)
            {
                return true;
            }
        }

        return false;
    }

    private int Confirmed(in ShopState state)
    {
        var count = 0;
        for (var id = 0; id < ids.Count; id++)
        {
            count += state.Orders[id].Status == OrderStatus.Confirmed ? 1 : 0;
        }

        return count;
    }

    private int Count(in ShopState state, int participant, Hold hold)
    {
        var count = 0;
        for (var id = 0; id < ids.Count; id++)
        {
            count += (state.Orders[id].Holds[participant] & hold) != Hold.None ? 1 : 0;
        }

        return count;
    }
}
