using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
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
    private const string OpeningReason = "opening stock";

    // How often a change is decided again when somebody else changed the same thing in between.
    private const int ConflictAttempts = 5;

    private readonly HashSet<string> _done = new(journal.Entries.Select(static entry => entry.Id), StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task>> _categories = new(StringComparer.Ordinal);

    /// <summary>Takes one accepted row through all its steps.</summary>
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
        // 412: it is there. Its name is its merchant's affair.
        var answer = await shop.SendAsync(
            ShopRequest.Post("/v1/admin/categories", new CategoryBody(category.Code, category.Name)), cancellationToken);
        if (!answer.IsFine && answer.Status is not 412)
        {
            throw Refused("category", answer);
        }
    }

    private async Task<ImportOutcome> PutAsync(CatalogueProduct product, CancellationToken cancellationToken)
    {
        var body = ProductBody.Of(product);
        var answer = await shop.SendAsync(ShopRequest.Post("/v1/admin/products", body), cancellationToken);
        if (answer.IsFine)
        {
            await ArchiveAsync(product, answer, cancellationToken);
            return ImportOutcome.Created;
        }

        // SKUs belong to one product for ever: one taken by another product is a matter for people.
        return answer.Code is "external_id_taken" && answer.Text("productId") is { } id
            ? await ReplaceAsync(id, product, body, cancellationToken)
            : throw Refused("product", answer);
    }

    private async Task<ImportOutcome> ReplaceAsync(
        string id, CatalogueProduct product, ProductBody body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await shop.SendAsync(ShopRequest.Get($"/v1/products/{id}"), cancellationToken);
            if (!found.IsFine)
            {
                throw Refused("product", found);
            }

            // What is not for sale was archived, and stays so; replacing it would bring it back.
            if (!product.IsForSale && found.Body.TryGetProperty("archived", out var archived) && archived.GetBoolean())
            {
                return ImportOutcome.Unchanged;
            }

            var answer = await shop.SendAsync(
                new ShopRequest(HttpMethod.Put, $"/v1/admin/products/{id}", body, IfMatch: found.EntityTag), cancellationToken);
            if (answer.IsFine)
            {
                await ArchiveAsync(product, answer, cancellationToken);
                return string.Equals(answer.EntityTag, found.EntityTag, StringComparison.Ordinal) ? ImportOutcome.Unchanged : ImportOutcome.Updated;
            }

            if (answer.Status is not 412 || attempt == ConflictAttempts)
            {
                throw Refused("product", answer);
            }
        }
    }

    private async Task ArchiveAsync(CatalogueProduct product, ShopAnswer stored, CancellationToken cancellationToken)
    {
        if (product.IsForSale)
        {
            return;
        }

        var answer = await shop.SendAsync(
            new ShopRequest(HttpMethod.Delete, $"/v1/admin/products/{stored.Text("id")}", IfMatch: "*"), cancellationToken);
        if (!answer.IsFine)
        {
            throw Refused("archiving", answer);
        }
    }

    private async Task OpenStockAsync(CatalogueVariant variant, CancellationToken cancellationToken)
    {
        if (variant.OpeningStock == 0)
        {
            return;
        }

        var level = await shop.SendAsync(ShopRequest.Get($"/v1/stock/{ShopReads.Escape(variant.Sku)}"), cancellationToken);
        if (level.Status is not 404)
        {
            tally.CountKept();
            return;
        }

        var answer = await shop.SendAsync(
            ShopRequest.Post(
                $"/v1/admin/stock/{ShopReads.Escape(variant.Sku)}/adjustments", new AdjustmentBody(variant.OpeningStock, OpeningReason),
                $"opening:{variant.Sku}"),
            cancellationToken);
        if (!answer.IsFine)
        {
            throw Refused("opening stock", answer);
        }

        tally.CountOpened(variant.OpeningStock);
    }

    private async Task SetPolicyAsync(CatalogueVariant variant, CancellationToken cancellationToken)
    {
        if (variant.Policy is CatalogueVariant.Tracked)
        {
            return;
        }

        var path = $"/v1/stock/{ShopReads.Escape(variant.Sku)}";
        for (var attempt = 1; ; attempt++)
        {
            var level = await shop.SendAsync(ShopRequest.Get(path), cancellationToken);
            if (string.Equals(level.Text("policy"), variant.Policy, StringComparison.Ordinal)
                && level.Body.GetProperty("backorderLimit").GetInt32() == variant.BackorderLimit)
            {
                return;
            }

            // A SKU that was never heard of has no version to match: then nobody may have been faster.
            var request = new ShopRequest(
                HttpMethod.Put, $"/v1/admin/stock/{ShopReads.Escape(variant.Sku)}/policy", new PolicyBody(variant.Policy, variant.BackorderLimit),
                IfMatch: level.IsFine ? level.EntityTag : null, IfNoneMatch: level.IsFine ? null : "*");
            var answer = await shop.SendAsync(request, cancellationToken);
            if (answer.IsFine)
            {
                return;
            }

            if (answer.Status is not 412 || attempt == ConflictAttempts)
            {
                throw Refused("stock policy", answer);
            }
        }
    }

    private static RowException Refused(string what, ShopAnswer answer) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what}: the shop says {answer.Explanation}"));

    private sealed record CategoryBody(string Code, string Name);

    private sealed record AdjustmentBody(int Delta, string Reason);

    private sealed record PolicyBody(string Policy, int BackorderLimit);

    private sealed record VariantBody(string Sku, Money Price, ImmutableSortedDictionary<string, string>? Options);

    private sealed record ProductBody(
        string Name, IReadOnlyList<VariantBody> Variants, string? Description, string? Category,
        ImmutableSortedDictionary<string, string>? Attributes, string ExternalId)
    {
        public static ProductBody Of(CatalogueProduct product) => new(
            product.Name,
            [.. product.Variants.Select(static variant => new VariantBody(variant.Sku, variant.Price, NullIfEmpty(variant.Options)))],
            product.Description, product.Category?.Code, NullIfEmpty(product.Attributes), product.ExternalId);

        private static ImmutableSortedDictionary<string, string>? NullIfEmpty(ImmutableSortedDictionary<string, string> words) =>
            words.IsEmpty ? null : words;
    }
}

/// <summary>A row that is in the shop, as the journal has it.</summary>
/// <param name="Id">The external id.</param>
/// <param name="Outcome">What became of it.</param>
internal sealed record ImportEntry(string Id, ImportOutcome Outcome);
