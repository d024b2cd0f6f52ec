namespace ActorShop.Testing.Customers;

/// <summary>A confirmed order for the clerks to work on.</summary>
public sealed record BoughtOrder(string Id, IReadOnlyDictionary<string, int> Units);
