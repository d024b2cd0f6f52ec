namespace ActorShop.Import;

/// <summary>Refuses a whole file, with one line for the user.</summary>
/// <param name="message">The reason.</param>
/// <param name="option">The setting that would help, with its values; null if none would.</param>
public sealed class ImportException(string message, string? option = null) : Exception(ShortText.Message(message, MaxMessage))
{
    private const int MaxMessage = 2000;

    public string? Option => option;
}
