namespace ActorShop;

[GenerateSerializer, Immutable, Alias("carts.address")]
public sealed record Address(string Name, string Line1, string? Line2, string City, string PostalCode, string Country);
