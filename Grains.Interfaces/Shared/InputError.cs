namespace ActorShop;

/// <summary>Why a text that a client chose is refused, the same at every entry point.</summary>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Message">A sentence about the value, such as "Must not be blank.".</param>
public sealed record InputError(string Code, string Message);
