using ActorShop.Accounting;

namespace ActorShop.Api.Accounting;

/// <summary>A manual ledger entry.</summary>
/// <param name="ExternalId">The id, unique among ledger entries.</param>
/// <param name="Amount">The amount, positive or negative. The account <c>cash</c> gets the opposite amount.</param>
/// <param name="Account">The name of the account, such as <c>bad-debt</c>.</param>
/// <param name="Reason">The reason.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="At">When the entry was made. Defaults to now.</param>
public sealed record LedgerEntryRequest(
    [ExternalId] string ExternalId,
    AmountBody Amount,
    [Code(Except = "cash")] string Account,
    [Text(1, 200)] string Reason,
    [ExternalId] string? CustomerId = null,
    [Past] DateTimeOffset? At = null)
{
    internal static LedgerEntryRequest Example { get; } = new("A563185", new(-1106206, "GBP"), "bad-debt", "Adjust bad debt");

    internal LedgerEntry ToEntry(DateTimeOffset now) =>
        new(ExternalId, Amount.ToMoney(), Account, Reason, At ?? now, CustomerId, Items: []);
}

/// <summary>A ledger entry.</summary>
/// <param name="ExternalId">The id.</param>
/// <param name="Amount">The amount, positive or negative.</param>
/// <param name="Account">The name of the account.</param>
/// <param name="Reason">The reason.</param>
/// <param name="At">When the entry was made.</param>
/// <param name="CustomerId">The merchant's id of the customer.</param>
/// <param name="Items">The credited units of a credit note.</param>
public sealed record LedgerEntryResponse(
    string ExternalId, MoneyBody Amount, string Account, string Reason, DateTimeOffset At, string? CustomerId,
    IReadOnlyList<RefundItemBody> Items)
{
    internal static LedgerEntryResponse Of(LedgerEntry entry) => new(
        entry.ExternalId, MoneyBody.Of(entry.Amount), entry.Account, entry.Reason, entry.At, entry.CustomerId,
        [.. entry.Items.Select(RefundItemBody.Of)]);
}

internal static class PostLedgerEntry
{
    public static void Map(IEndpointRouteBuilder ledger) => ledger
        .MapPost("/entries", static (LedgerEntryRequest request, HttpContext http, IGrainFactory grains) =>
            PostAsync(request.ToEntry(IdSource.TimeOf(http.OperationId())), grains))
        .WithSummary("Post a manual entry, such as bad debt")
        .Idempotent()
        .Refuses(Problems.ExternalIdTaken);

    public static async Task<Results<Created<LedgerEntryResponse>, Problem>> PostAsync(LedgerEntry entry, IGrainFactory grains) =>
        await grains.LedgerEntry(entry.ExternalId).PostAsync(entry) switch
        {
            PostEntryResult.Posted posted => TypedResults.Created("/v1/admin/ledger", LedgerEntryResponse.Of(posted.Entry)),
            PostEntryResult.Taken => new Problem(Problems.ExternalIdTaken),
            var other => throw Problems.Unmapped(other),
        };
}
