using ActorShop.Cli.Journals;
using ActorShop.Cli.Shop;

namespace ActorShop.Cli.Imports;

/// <summary>Puts a catalogue into the shop, product by product, so that repeating it changes nothing.</summary>
/// <remarks>
/// A product is found again by its external id. Opening stock is given only to a SKU whose ledger is empty, under a key made from the
/// SKU: neither a second import nor one that died half-way counts the same units twice.
/// </remarks>
internal sealed class ImportRun(ShopClient shop, Journal<ImportEntry> journal, ImportTally tally)
{
    public const string OpeningReason = "opening stock";

    // How often a change is decided again after a concurrent change of the same thing.
    private const int ConflictAttempts = 5;

    private readonly HashSet<string> _done = new(journal.Entries.Select(static entry => entry.Id), StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _categories = new(StringComparer.Ordinal);

    public async Task RunAsync(RowReading.Accepted row, CancellationToken cancellationToken)
    {
        var product = row.Product;
        if (_done.Contains(product.ExternalId))
        {
            tally.Count(ImportOutcome.DoneBefore);
            return;
        }

        try
        {
            if (product.Category is { } category)
            {
                await _categories.GetOrAdd(category.Code, _ => new Lazy<Task>(() => EnsureAsync(category, cancellationToken))).Value;
            }

            var outcome = await PutAsync(product, cancellationToken);
            foreach (var variant in product.Variants)
            {
                await OpenStockAsync(variant, cancellationToken);
                await SetPolicyAsync(variant, cancellationToken);
            }

            tally.Count(outcome);
            journal.Append(new ImportEntry(product.ExternalId, outcome));
        }
        catch (RowException exception)
        {
            tally.Refuse(row.Line, exception.Message);
        }
    }

    private async Task EnsureAsync(CatalogueCategory category, CancellationToken cancellationToken)
    {
        var answer = await shop.SendAsync(ShopRequest.Post("/v1/admin/categories", category), cancellationToken);

        // 412: the category exists. Its name is the merchant's choice.
        if (answer.Status is not 412)
        {
            Accept("category", answer);
        }
    }

    private async Task<ImportOutcome> PutAsync(CatalogueProduct product, CancellationToken cancellationToken)
    {
        var body = new
        {
            product.Name,
            Variants = product.Variants.Select(static variant => new { variant.Sku, variant.Price, Options = NullIfEmpty(variant.Options) }),
            product.Description,
            Category = product.Category?.Code,
            Attributes = NullIfEmpty(product.Attributes),
            product.ExternalId,
        };
        var answer = await shop.SendAsync(ShopRequest.Post("/v1/admin/products", body), cancellationToken);

        // Without a product id, a SKU belongs to another product: a person has to decide.
        if (answer.Code is "external_id_taken" && answer.Text("productId") is { } id)
        {
            return await ReplaceAsync(id, product, body, cancellationToken);
        }

        await ArchiveAsync(product, Accept("product", answer), cancellationToken);
        return ImportOutcome.Created;
    }

    private async Task<ImportOutcome> ReplaceAsync(string id, CatalogueProduct product, object body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = Accept("product", await shop.SendAsync(ShopRequest.Get($"/v1/products/{id}"), cancellationToken));

            // A product that is not for sale was archived and stays so; replacing it would bring it back.
            if (!product.IsForSale && found.Body.TryGetProperty("archived", out var archived) && archived.GetBoolean())
            {
                return ImportOutcome.Unchanged;
            }

            var answer = await shop.SendAsync(
                new ShopRequest(HttpMethod.Put, $"/v1/admin/products/{id}", body, IfMatch: found.EntityTag), cancellationToken);
            if (answer.Status is not 412 || attempt == ConflictAttempts)
            {
                await ArchiveAsync(product, Accept("product", answer), cancellationToken);
                return string.Equals(answer.EntityTag, found.EntityTag, StringComparison.Ordinal) ? ImportOutcome.Unchanged : ImportOutcome.Updated;
            }
        }
    }

    private async Task ArchiveAsync(CatalogueProduct product, ShopAnswer stored, CancellationToken cancellationToken)
    {
        if (!product.IsForSale)
        {
            Accept("archiving", await shop.SendAsync(
                new ShopRequest(HttpMethod.Delete, $"/v1/admin/products/{stored.Text("id")}", IfMatch: "*"), cancellationToken));
        }
    }

    private async Task OpenStockAsync(CatalogueVariant variant, CancellationToken cancellationToken)
    {
        if (variant.OpeningStock == 0)
        {
            return;
        }

        var sku = ShopReads.Escape(variant.Sku);
        var level = await shop.SendAsync(ShopRequest.Get($"/v1/stock/{sku}"), cancellationToken);
        if (level.Status is not 404)
        {
            tally.CountKept();
            return;
        }

        Accept("opening stock", await shop.SendAsync(
            ShopRequest.Post(
                $"/v1/admin/stock/{sku}/adjustments", new { Delta = variant.OpeningStock, Reason = OpeningReason }, $"opening:{variant.Sku}"),
            cancellationToken));
        tally.CountOpened(variant.OpeningStock);
    }

    private async Task SetPolicyAsync(CatalogueVariant variant, CancellationToken cancellationToken)
    {
        if (variant.Policy is CatalogueVariant.Tracked)
        {
            return;
        }

        var sku = ShopReads.Escape(variant.Sku);
        for (var attempt = 1; ; attempt++)
        {
            var level = await shop.SendAsync(ShopRequest.Get($"/v1/stock/{sku}"), cancellationToken);
            if (string.Equals(level.Text("policy"), variant.Policy, StringComparison.Ordinal)
                && level.Body.GetProperty("backorderLimit").GetInt32() == variant.BackorderLimit)
            {
                return;
            }

            // A SKU without a stock record has no version to match: If-None-Match lets only the first request create it.
            var answer = await shop.SendAsync(
                new ShopRequest(
                    HttpMethod.Put, $"/v1/admin/stock/{sku}/policy", new { variant.Policy, variant.BackorderLimit },
                    IfMatch: level.IsFine ? level.EntityTag : null, IfNoneMatch: level.IsFine ? null : "*"),
                cancellationToken);
            if (answer.Status is not 412 || attempt == ConflictAttempts)
            {
                Accept("stock policy", answer);
                return;
            }
        }
    }

    private static ShopAnswer Accept(string what, ShopAnswer answer) =>
        answer.IsFine ? answer : throw new RowException($"{what}: the shop says {answer.Explanation}");

    private static ImmutableSortedDictionary<string, string>? NullIfEmpty(ImmutableSortedDictionary<string, string> texts) =>
        texts.IsEmpty ? null : texts;
}
