namespace ActorShop.Import;

/// <summary>Refuses a whole file, with one line for the user.</summary>
/// <param name="message">The reason.</param>
/// <param name="option">The setting that would help, with its values; null if none would.</param>
public sealed class ImportException(string message, string? option = null) : Exception(message)
{
    public string? Option => option;
}
