using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;
using ActorShop.Import;

namespace ActorShop.Cli.Imports;

/// <summary>Puts a catalogue into the shop, product by product, so that repeating it changes nothing.</summary>
/// <remarks>
/// <para>A product is found again by its external id, or else by its first SKU. Opening stock is given only to a SKU without a stock record.</para>
/// <para>
/// A product is all or nothing: before the first of several changes the shop has accepted the others in a dry run, and the product comes
/// last, when its category and stock are there. So what is refused leaves nothing, unless somebody else changes the same things meanwhile.
/// </para>
/// </remarks>
internal sealed class ImportRun(ShopClient shop, Journal<ImportEntry> journal, ImportTally tally, ImportPlan plan)
{
    public const string OpeningReason = "opening stock";

    // How often a change is decided again after a concurrent change of the same thing.
    private const int ConflictAttempts = 5;

    // Only the answers of the shop are of interest: a dry run of these finds the product of an incomplete row.
    private const string AnyName = "-";

    private readonly HashSet<string> _done = new(journal.Entries.Select(static entry => entry.Id), StringComparer.Ordinal);
    private readonly ShopCategories _categories = new(shop);

    public Task LoadAsync(CancellationToken cancellationToken) => _categories.LoadAsync(cancellationToken);

    public async Task RunAsync(CatalogueItem.Accepted item, CancellationToken cancellationToken)
    {
        if (_done.Contains(item.Product.ExternalId))
        {
            tally.Count(item, ImportOutcome.DoneBefore);
            return;
        }

        try
        {
            for (var attempt = 1; await TryAsync(item, attempt == ConflictAttempts, cancellationToken) is var outcome; attempt++)
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
            journal.Append(new ImportEntry(item.Product.ExternalId, outcome));
        }
    }

    /// <returns>The outcome; null after a concurrent change of the same thing.</returns>
    private async Task<ImportOutcome?> TryAsync(CatalogueItem.Accepted item, bool isLast, CancellationToken cancellationToken)
    {
        var path = item.Product.Category is { Names.IsEmpty: false } category ? category : null;
        var isAdded = path is not null && !_categories.Knows(path);
        var code = path?.Code ?? (item.Product.Category is null ? null : string.Empty);
        var (stored, id, version) = await FindAsync(item, isAdded ? null : code, cancellationToken);
        var wanted = ShopProduct.Merge(item, code, stored, plan.Restore);
        var isSame = stored?.IsSame(wanted) == true;
        var outcome = stored is null ? ImportOutcome.Created : isSame ? ImportOutcome.Unchanged : ImportOutcome.Updated;
        var steps = await StockStepsAsync(item, cancellationToken);
        if (stored is null)
        {
            steps.Add(new ImportStep("product", ShopRequest.Post("/v1/admin/products", wanted), IsChecked: true));
        }
        else if (!isSame)
        {
            steps.Add(new ImportStep("product", new ShopRequest(HttpMethod.Put, $"/v1/admin/products/{id}", wanted, IfMatch: version)));
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

        return outcome;
    }

    /// <summary>Finds the stored product of a row; null for a new one, which the shop has then checked.</summary>
    private async Task<(ShopProduct? Stored, string? Id, string? Version)> FindAsync(
        CatalogueItem.Accepted item, string? category, CancellationToken cancellationToken)
    {
        var product = item.Product;
        var probe = item with
        {
            Product = product with
            {
                Name = product.Name ?? AnyName,
                Variants = [.. product.Variants.Select(static variant => variant with { Price = variant.Price ?? Money.Zero("GBP") })],
            },
        };
        var check = new ImportStep("product", ShopRequest.Post("/v1/admin/products", ShopProduct.Merge(probe, category, stored: null)));
        var answer = await shop.SendAsync(check.Check, cancellationToken);
        var isFound = answer.Code is "external_id_taken" || (answer.Code is "sku_taken" && !product.IsIdStated);
        if (!isFound || answer.Text("productId") is not { } id)
        {
            Accepts(item, "product", answer, isLast: true);
            return (null, null, null);
        }

        var found = await shop.SendAsync(ShopRequest.Get($"/v1/products/{id}"), cancellationToken);
        Accepts(item, "product", found, isLast: true);
        var stored = found.As<ShopProduct>();
        return product.IsIdStated || stored.Variants.Any(variant => string.Equals(variant.Sku, product.Variants[0].Sku, StringComparison.Ordinal))
            ? (stored, id, found.EntityTag)
            : throw new RowException(item.Line, $"the external id '{product.ExternalId}' belongs to another product: state externalId");
    }

    private async Task<List<ImportStep>> StockStepsAsync(CatalogueItem.Accepted item, CancellationToken cancellationToken)
    {
        var steps = new List<ImportStep>();
        foreach (var variant in item.Product.Variants.Where(static variant => variant is not { OpeningStock: null or 0, Policy: null or ImportVariant.Tracked, BackorderLimit: null }))
        {
            var path = $"stock/{ShopReads.Escape(variant.Sku)}";
            var level = await shop.SendAsync(ShopRequest.Get($"/v1/{path}"), cancellationToken);
            if (level.Status is 404)
            {
                var policy = variant.Policy ?? ImportVariant.Tracked;
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
}
