namespace ActorShop.Api.Operators;

/// <summary>A number that is counted up to a limit.</summary>
/// <param name="Count">How many.</param>
/// <param name="OrMore">Whether there are more.</param>
public sealed record CountResponse(int Count, bool OrMore);
