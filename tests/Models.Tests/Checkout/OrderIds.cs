namespace ActorShop.Models.Checkout;

/// <summary>An order's id is a function of cart, key, attempt number and, as the variant, the time of the cart's last change.</summary>
internal sealed class OrderIds(Bounds bounds, Shortcut shortcut)
{
    private readonly int _variants = bounds.EditsChangeIds || shortcut == Shortcut.RandomOrderIds ? 2 : 1;

    public int PerCart => bounds.Keys * bounds.Attempts * _variants;

    public int Count => bounds.Carts * PerCart;

    public int CartOf(int id) => id / PerCart;

    public int KeyOf(int id) => id / (bounds.Attempts * _variants) % bounds.Keys;

    public int NumberOf(int id) => id / _variants % bounds.Attempts;

    public bool Names(in Cart cart, int id) => cart.Attempt == (id % PerCart) + 1;

    public static char Name(int id) => (char)('A' + id);

    /// <returns>Whether the cart in this state may give the id to a checkout.</returns>
    public bool IsNext(in ShopState state, int id)
    {
        var cart = state.Carts[CartOf(id)];
        return NumberOf(id) == cart.Attempts && (!bounds.EditsChangeIds || id % 2 == (cart.Edits > 0 ? 1 : 0)) && IsKeyFree(state, id);
    }

    // A cart keeps every attempt that its row has named. Only those that count as not executed let their key start again.
    private bool IsKeyFree(in ShopState state, int id)
    {
        for (var other = PerCart * CartOf(id); other < PerCart * (CartOf(id) + 1); other++)
        {
            if (KeyOf(other) == KeyOf(id) && state.Orders[other].Named != 0
                && state.Orders[other].Status is not (OrderStatus.Interrupted or OrderStatus.Tombstone))
            {
                return false;
            }
        }

        return true;
    }
}
