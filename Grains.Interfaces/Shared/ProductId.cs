namespace ActorShop;

/// <summary>The id of a product.</summary>
/// <param name="Value">The text, <c>prod_</c> and 32 hexadecimal digits of a UUID of version 7.</param>
[GenerateSerializer, Immutable, Alias("catalog.product-id")]
public readonly record struct ProductId(string Value) : IIdentifier<ProductId>
{
    public const string Prefix = "prod_";

    public static ProductId From(string value) => new(value);

    public override string ToString() => Value;
}
