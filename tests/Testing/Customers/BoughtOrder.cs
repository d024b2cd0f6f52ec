namespace ActorShop.Testing.Customers;

/// <summary>A confirmed order for the clerks to work on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Units">The units bought, by SKU.</param>
public sealed record BoughtOrder(string Id, IReadOnlyDictionary<string, int> Units);
