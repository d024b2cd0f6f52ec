namespace ActorShop.Storage.Reporting;

/// <summary>An order of products, in words of SQL. Those without a price come last, whichever way prices run.</summary>
/// <param name="Key">What they are ordered by; those that are equal in it by their id.</param>
/// <param name="Kind">What the key is.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
internal readonly record struct ProductOrder(string Key, ProductOrder.KeyKind Kind, bool IsDescending)
{
    /// <summary>What a product is ordered by.</summary>
    public enum KeyKind
    {
        Text,
        Number,
        Moment,
    }

    public string Direction => IsDescending ? "desc" : "asc";

    /// <summary>What a product's key is to the key of one before it.</summary>
    public string Comparison => IsDescending ? "<" : ">";

    /// <summary>The order by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ProductOrder Of(string sort) => sort switch
    {
        "name" => new("p.folded", KeyKind.Text, IsDescending: false),
        "-name" => new("p.folded", KeyKind.Text, IsDescending: true),
        "price" => new("coalesce(f.amount, 9223372036854775807)", KeyKind.Number, IsDescending: false),
        "-price" => new("coalesce(f.amount, -1)", KeyKind.Number, IsDescending: true),
        "createdAt" => new("p.created_at", KeyKind.Moment, IsDescending: false),
        "-createdAt" => new("p.created_at", KeyKind.Moment, IsDescending: true),
        _ => throw new ArgumentException($"Products are not sorted by \"{sort}\".", nameof(sort)),
    };
}
