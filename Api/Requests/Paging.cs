namespace ActorShop.Api;

/// <summary>A page of a list.</summary>
/// <param name="Filters">Everything that decides which items are listed in which order.</param>
/// <param name="Limit">The maximum number of items.</param>
/// <param name="After">The position after which the page begins; null for the first page.</param>
internal sealed record Paging(string Filters, int Limit, string? After);
