namespace ActorShop.Carts;

internal sealed partial record Cart
{
    public CartStatus Status => Order is not null ? CartStatus.Ordered : Attempt is not null ? CartStatus.CheckingOut : CartStatus.Open;

    public CartSize? Size => Currency is null ? null : new(Status, Lines.Sum(static line => (long)line.Quantity));
}

internal sealed partial class CartGrain
{
    public async Task<CartSize?> GetSizeAsync()
    {
        await EnsureEndIsCommittedAsync();
        return Committed.Size;
    }
}
