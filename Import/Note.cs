namespace ActorShop.Import;

/// <summary>Something that the user should know about a row that is imported.</summary>
/// <param name="Text">What it is; the same for all rows of its kind.</param>
/// <param name="Detail">What differs from row to row; empty for nothing.</param>
public sealed record Note(int Line, string Text, string Detail = "");
