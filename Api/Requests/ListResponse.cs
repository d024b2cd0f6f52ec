namespace ActorShop.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Data">The items.</param>
/// <param name="HasMore">Whether there are more items.</param>
/// <param name="NextCursor">The cursor of the next page; absent on the last page.</param>
/// <param name="LagSeconds">The age of the list in seconds; absent when it is current.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Data, bool HasMore, string? NextCursor, double? LagSeconds = null);
