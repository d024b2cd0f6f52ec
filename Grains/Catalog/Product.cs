namespace ActorShop.Catalog;

/// <summary>The state of a product, and whether the offers of its SKUs have been updated.</summary>
internal sealed record Product : IEntity
{
    /// <summary>How long the product has to update the offers before the worker of due work resumes it.</summary>
    public static readonly TimeSpan FollowWithin = TimeSpan.FromMinutes(1);

    /// <summary>The product; null before it was created. Its version counts the changes of merchants.</summary>
    public ProductView? View { get; init; }

    /// <summary>Former SKUs: they stay with the product.</summary>
    public ImmutableSortedDictionary<string, bool> Retired { get; init; } =
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal);

    /// <summary>Whether the offers are not updated since the last change.</summary>
    public bool OffersPending { get; init; }

    public DateTimeOffset? Due => OffersPending ? View!.UpdatedAt + FollowWithin : null;

    /// <summary>SKUs of a draft that the product has not had before, and must claim.</summary>
    public ImmutableArray<Sku> NewSkus(ProductDraft draft) =>
        [.. draft.Variants.Select(static v => v.Sku).Where(sku => !Holds(sku))];

    public bool Holds(Sku sku) => Retired.ContainsKey(sku.Value) || View?.Variants.Any(v => v.Sku == sku) == true;

    public bool Says(ProductDraft draft) => View is { } view
        && string.Equals(Json(draft), Json(new(
            view.Name, view.Description, view.Category, view.Attributes, view.Variants, view.ExternalId, view.Archived)), StringComparison.Ordinal);

    public PutProductResult? CheckVersion(long? expectedVersion) =>
        Versions.Check(expectedVersion, View?.Version) is not { } current ? null
        : View is null ? new PutProductResult.Unknown()
        : new PutProductResult.VersionMismatch(current);

    /// <summary>Stores a draft whose SKUs, category and external id are checked.</summary>
    public Decision<PutProductResult, ProductEvent> Put(ProductId id, ProductDraft draft, DateTimeOffset now)
    {
        if (Says(draft))
        {
            return new(new PutProductResult.Stored(View!, Created: false), []);
        }

        var next = new ProductView(
            id, draft.Name, draft.Description, draft.Category, draft.Attributes, draft.Variants, draft.ExternalId, draft.Archived,
            View?.CreatedAt ?? now, now, (View?.Version ?? 0) + 1);
        return new(new PutProductResult.Stored(next, Created: View is null), [new ProductEvent.Stored(next)]);
    }

    public Decision<PutProductResult, ProductEvent> Archive(long? expectedVersion, DateTimeOffset now)
    {
        if (View is not { } view)
        {
            return new(new PutProductResult.Unknown(), []);
        }

        if (CheckVersion(expectedVersion) is { } refusal)
        {
            return new(refusal, []);
        }

        var next = view.Archived ? view : view with { Archived = true, UpdatedAt = now, Version = view.Version + 1 };
        return new(new PutProductResult.Stored(next, Created: false), view.Archived ? [] : [new ProductEvent.Archived(next)]);
    }

    /// <summary>The offers of all its SKUs, former ones included.</summary>
    public ImmutableArray<Offer> Offers() => View is not { } view ? [] :
    [
        .. view.Variants.Select(v => new Offer(v.Sku, view.Id, NameOf(view, v), v.Prices, !view.Archived, view.Version)),
        .. Retired.Keys.Select(sku => new Offer(new(sku), view.Id, view.Name, [], Active: false, view.Version)),
    ];

    /// <summary>Records that the offers of a version are updated; nothing if a later version exists.</summary>
    public ImmutableArray<ProductEvent> Followed(long version) =>
        OffersPending && View!.Version == version ? [new ProductEvent.OffersFollowed(version)] : [];

    internal Product Replace(ProductView next) => this with { View = next, Retired = RetiredAfter(next), OffersPending = true };

    private ImmutableSortedDictionary<string, bool> RetiredAfter(ProductView next) => Retired
        .AddRange((View?.Variants ?? []).Where(v => !Retired.ContainsKey(v.Sku.Value)).Select(v => KeyValuePair.Create(v.Sku.Value, true)))
        .RemoveRange(next.Variants.Select(static v => v.Sku.Value));

    // The name of a line tells variants apart: "Enamel mug (blue, 350 ml)".
    private static string NameOf(ProductView product, VariantDraft variant) =>
        variant.Options.IsEmpty ? product.Name : $"{product.Name} ({string.Join(", ", variant.Options.Values)})";

    private static string Json(ProductDraft draft) => System.Text.Json.JsonSerializer.Serialize(draft, ShopJson.Options);
}
