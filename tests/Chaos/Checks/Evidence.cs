using ActorShop.Chaos.Workload;

namespace ActorShop.Chaos.Checks;

/// <summary>Everything that a verdict is made of: what clients were told, and what the books say in the end.</summary>
/// <param name="Receipts">What clients wrote down.</param>
/// <param name="Goods">What there was to buy.</param>
/// <param name="Books">The books of the shop and of its provider.</param>
/// <param name="Repeated">Old requests that were asked once more.</param>
internal sealed record Evidence(
    IReadOnlyCollection<Receipt> Receipts, IReadOnlyList<ChaosGood> Goods, Books Books, IReadOnlyList<Repetition> Repeated)
{
    /// <summary>The receipts of a kind.</summary>
    public IEnumerable<Receipt> Of(ReceiptKind kind) => Receipts.Where(receipt => receipt.Kind == kind);

    /// <summary>The receipts of a kind that the shop acknowledged.</summary>
    public IEnumerable<Receipt> Acknowledged(ReceiptKind kind) => Of(kind).Where(static receipt => receipt.IsAcknowledged);
}

/// <summary>An old request that was asked once more under its key.</summary>
/// <param name="First">What was answered first.</param>
/// <param name="Status">The status now; 0 for no answer.</param>
/// <param name="Answer">The answer now.</param>
internal sealed record Repetition(Receipt First, int Status, string? Answer);
