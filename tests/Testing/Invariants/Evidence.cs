using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

/// <summary>What the checks compare: the receipts of the clients and the books of the shop.</summary>
/// <param name="Receipts">The receipts of the clients.</param>
/// <param name="Goods">The SKUs on sale.</param>
/// <param name="Books">The books of the shop and of its provider.</param>
/// <param name="Repeated">Requests that were repeated at the end.</param>
public sealed record Evidence(
    IReadOnlyCollection<Receipt> Receipts, IReadOnlyList<Good> Goods, Books Books, IReadOnlyList<Repetition> Repeated)
{
    /// <summary>The receipts of a kind.</summary>
    public IEnumerable<Receipt> Of(CallKind kind) => Receipts.Where(receipt => receipt.Call.Kind == kind);

    /// <summary>The acknowledged receipts of a kind.</summary>
    public IEnumerable<Receipt> Acknowledged(CallKind kind) => Of(kind).Where(static receipt => receipt.Reply.IsFine);
}
