using System.Security.Cryptography;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;
using ActorShop.Import;

namespace ActorShop.Cli.Imports;

/// <summary>Puts a catalogue into the shop, product by product, so that repeating it changes nothing.</summary>
/// <remarks>
/// <para>A product is found again by its external id, or else by its first SKU. Opening stock is given only to a SKU without a stock record.</para>
/// <para>
/// A product is all or nothing: before the first of several changes the shop has accepted the others in a dry run, and the product comes
/// last, when its category and stock are there. A refused row leaves nothing behind, unless another caller changes the same things meanwhile.
/// </para>
/// </remarks>
internal sealed class ImportRun(ShopClient shop, Journal<ImportEntry> journal, ImportTally tally, ImportPlan plan)
{
    public const string OpeningReason = "opening stock";

    // How often a change is decided again after a concurrent change of the same thing.
    private const int ConflictAttempts = 5;

    // Only the answers of the shop are of interest: a dry run of these finds the product of an incomplete row.
    private const string AnyName = "-";

    private const int DigestBytes = 16;

    // A product that the file has changed since is in the journal twice: the last line wins.
    private readonly Dictionary<string, ImportEntry> _done = journal.Entries.Reverse()
        .DistinctBy(static entry => entry.Id, StringComparer.Ordinal).ToDictionary(static entry => entry.Id, StringComparer.Ordinal);

    private readonly ShopCategories _categories = new(shop);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    public Task LoadAsync(CancellationToken cancellationToken) => _categories.LoadAsync(cancellationToken);

    public async Task RunAsync(CatalogueItem.Accepted item, CancellationToken cancellationToken)
    {
        if (_done.TryGetValue(item.Product.ExternalId, out var done) && (done.Digest is null || string.Equals(done.Digest, DigestOf(item.Product), StringComparison.Ordinal)))
        {
            tally.Count(item, ImportOutcome.DoneBefore);
            return;
        }

        try
        {
            for (var attempt = 1; await TryAsync(item, attempt, cancellationToken) is var outcome; attempt++)
            {
                if (outcome is not null)
                {
                    tally.Count(item, outcome.Value);
                    Remember(item, outcome.Value);
                    return;
                }
            }
        }
        catch (RowException exception)
        {
            tally.Refuse(item, exception.Message);
        }
    }

    private void Remember(CatalogueItem.Accepted item, ImportOutcome outcome)
    {
        if (!plan.IsDry)
        {
            journal.Append(new ImportEntry(item.Product.ExternalId, outcome, DigestOf(item.Product)));
        }
    }

    /// <summary>The digest of what the file says about a product, and of how the shop is to take it.</summary>
    private string DigestOf(ImportProduct product)
    {
        var said = new { Product = product with { Category = null }, Category = product.Category?.Names, plan.Restore };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(said)).AsSpan(0, DigestBytes));
    }

    /// <returns>The outcome; null after a concurrent change of the same thing.</returns>
    private async Task<ImportOutcome?> TryAsync(CatalogueItem.Accepted item, int attempt, CancellationToken cancellationToken)
    {
        var isLast = attempt == ConflictAttempts;
        var path = item.Product.Category is { Names.IsEmpty: false } category ? category : null;
        var isAdded = path is not null && !_categories.Knows(path);
        var code = path is not null ? _categories.CodeOf(path) : item.Product.Category is null ? null : string.Empty;

        // A product that is its only change needs no check before it is sent.
        var isAlone = !plan.IsDry && !isAdded && !item.Product.Variants.Any(HasStock);
        var (found, isCreated) = await FindAsync(item, isAdded ? null : code, isAlone, cancellationToken);
        if (isCreated)
        {
            CountWithoutStock(item, stored: null);
            return ImportOutcome.Created;
        }

        using var turn = await TurnAsync(found?.Id, cancellationToken);
        var (stored, version) = found is null ? (null, null) : await ReadAsync(item, found, cancellationToken);
        var wanted = ShopProduct.Merge(item, code, stored, plan.Restore);
        var isSame = stored?.IsSame(wanted) == true;
        var outcome = stored is null ? ImportOutcome.Created : isSame ? ImportOutcome.Unchanged : ImportOutcome.Updated;
        var steps = await StockStepsAsync(item, isNew: stored is null && attempt == 1, cancellationToken);
        if (stored is null)
        {
            steps.Add(new ImportStep("product", ShopRequest.Post("/v1/admin/products", wanted), IsChecked: true));
        }
        else if (!isSame)
        {
            steps.Add(new ImportStep("product", new ShopRequest(HttpMethod.Put, $"/v1/admin/products/{found!.Id}", wanted, IfMatch: version)));
        }

        if (isAdded)
        {
            Require(item, await _categories.CheckAsync(path!, cancellationToken));
        }

        foreach (var step in steps.Skip(plan.IsDry || isAdded ? 0 : 1).Where(static step => !step.IsChecked))
        {
            // The shop refuses a category that is not there yet.
            var check = isAdded && step.Request.Body is ShopProduct product ? step.Check with { Body = product with { Category = stored?.Category } } : step.Check;
            if (!Accepts(item, step.What, await shop.SendAsync(check, cancellationToken), isLast))
            {
                return null;
            }
        }

        if (!plan.IsDry)
        {
            Require(item, isAdded ? await _categories.AddAsync(path!, cancellationToken) : null);
            foreach (var step in steps)
            {
                if (!Accepts(item, step.What, await shop.SendAsync(step.Request, cancellationToken), isLast))
                {
                    return null;
                }

                tally.CountOpened(step.Units);
            }
        }

        if (wanted.Archived && item.Product.IsForSale is not false)
        {
            tally.CountArchived();
        }

        CountWithoutStock(item, stored);
        return outcome;
    }

    // Only what is new: whether a SKU of the shop has stock would be a request for each.
    private void CountWithoutStock(CatalogueItem.Accepted item, ShopProduct? stored)
    {
        if (item.Product.IsForSale is not false)
        {
            tally.CountWithoutStock(item.Product.Variants.Count(variant =>
                !HasStock(variant) && stored?.Variants.Any(other => string.Equals(other.Sku, variant.Sku, StringComparison.Ordinal)) != true));
        }
    }

    /// <summary>Finds the stored product of a row. Otherwise the shop has checked the new product, or has created it.</summary>
    private async Task<(FoundProduct? Found, bool IsCreated)> FindAsync(
        CatalogueItem.Accepted item, string? category, bool mayCreate, CancellationToken cancellationToken)
    {
        var product = item.Product;
        var isCreating = mayCreate && product.Name is not null && product.Variants.All(static variant => variant.Price is not null);
        var probe = item with
        {
            Product = product with
            {
                Name = product.Name ?? AnyName,
                Variants = [.. product.Variants.Select(static variant => variant with { Price = variant.Price ?? Money.Zero("GBP") })],
            },
        };
        var step = new ImportStep("product", ShopRequest.Post("/v1/admin/products", ShopProduct.Merge(probe, category, stored: null)));
        var answer = await shop.SendAsync(isCreating ? step.Request : step.Check, cancellationToken);
        var isBySku = answer.Code is "sku_taken" && !product.IsIdStated;
        if ((isBySku || answer.Code is "external_id_taken") && answer.Text("productId") is { } id)
        {
            return (new FoundProduct(id, isBySku || product.IsIdStated), false);
        }

        Accepts(item, "product", answer, isLast: true);
        return (null, isCreating);
    }

    private async Task<(ShopProduct Stored, string? Version)> ReadAsync(CatalogueItem.Accepted item, FoundProduct found, CancellationToken cancellationToken)
    {
        var answer = await shop.SendAsync(ShopRequest.Get($"/v1/products/{found.Id}"), cancellationToken);
        Accepts(item, "product", answer, isLast: true);
        var stored = answer.As<ShopProduct>();
        return found.IsSure || stored.Variants.Any(variant => string.Equals(variant.Sku, item.Product.Variants[0].Sku, StringComparison.Ordinal))
            ? (stored, answer.EntityTag)
            : throw new RowException(item.Line, $"the external id '{item.Product.ExternalId}' belongs to another product: state externalId");
    }

    // Rows of one product that the file does not group, such as the prices of its variants, would only refuse each other.
    private async Task<IDisposable?> TurnAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return null;
        }

        var turn = _turns.GetOrAdd(id, static _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    // A SKU of a new product seldom has a stock record: if it has, the shop says so, and the next attempt reads it.
    private async Task<List<ImportStep>> StockStepsAsync(CatalogueItem.Accepted item, bool isNew, CancellationToken cancellationToken)
    {
        var steps = new List<ImportStep>();
        foreach (var variant in item.Product.Variants.Where(HasStock))
        {
            var path = $"stock/{ShopReads.Escape(variant.Sku)}";
            var level = isNew ? null : await shop.SendAsync(ShopRequest.Get($"/v1/{path}"), cancellationToken);
            if (level is null or { IsWithoutStockRecord: true })
            {
                var policy = variant.Policy ?? ImportVariant.Tracked;
                if (variant.OpeningStock < 0 && policy is ImportVariant.Tracked)
                {
                    throw new RowException(item.Line, $"the stock is {variant.OpeningStock}: below zero needs the policy backorder{(item.Product.Variants.Length > 1 ? $" (SKU {variant.Sku})" : string.Empty)}");
                }

                var opening = new
                {
                    OnHand = variant.OpeningStock ?? 0,
                    Reason = OpeningReason,
                    Policy = policy,
                    BackorderLimit = variant.BackorderLimit ?? (policy is ImportVariant.Backorder ? ImportVariant.Unlimited : 0),
                };
                steps.Add(new ImportStep(
                    "opening stock", new ShopRequest(HttpMethod.Put, $"/v1/admin/{path}", opening), Units: opening.OnHand));
                continue;
            }

            Accepts(item, "stock", level, isLast: true);
            if (variant.OpeningStock is not (null or 0))
            {
                tally.CountKept(variant.Sku);
            }

            if (PolicyOf(variant, level) is { } changed)
            {
                steps.Add(new ImportStep("stock policy", new ShopRequest(HttpMethod.Put, $"/v1/admin/{path}/policy", changed, IfMatch: level.EntityTag)));
            }
        }

        return steps;
    }

    private static bool HasStock(ImportVariant variant) =>
        variant is not { OpeningStock: null or 0, Policy: null or ImportVariant.Tracked, BackorderLimit: null };

    /// <summary>The policy that the row states, if the stock has another one.</summary>
    private static object? PolicyOf(ImportVariant variant, ShopAnswer level)
    {
        var (policy, limit) = (level.Text("policy"), level.Body.GetProperty("backorderLimit").GetInt32());
        var wanted = variant.Policy ?? policy;
        var wantedLimit = variant.BackorderLimit
            ?? (string.Equals(wanted, policy, StringComparison.Ordinal) ? limit : wanted is ImportVariant.Backorder ? ImportVariant.Unlimited : 0);
        return string.Equals(wanted, policy, StringComparison.Ordinal) && wantedLimit == limit ? null : new { Policy = wanted, BackorderLimit = wantedLimit };
    }

    /// <summary>Whether the shop accepted a request; false after a concurrent change, which is worth another attempt.</summary>
    private static bool Accepts(CatalogueItem.Accepted item, string what, ShopAnswer answer, bool isLast)
    {
        // A request whose answer was lost, sent again, finds what it made.
        if ((answer.Status is 412 || answer.Code is "external_id_taken" or "stock_exists") && !isLast)
        {
            return false;
        }

        Require(item, answer.IsFine ? null : $"{what}: the shop says {answer.Explanation}");
        return true;
    }

    private static void Require(CatalogueItem.Accepted item, string? refusal)
    {
        if (refusal is not null)
        {
            throw new RowException(item.Line, refusal);
        }
    }

    /// <param name="IsSure">Whether it is the product of the row; otherwise only if it has the row's SKU.</param>
    private sealed record FoundProduct(string Id, bool IsSure);

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
