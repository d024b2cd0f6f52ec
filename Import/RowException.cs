namespace ActorShop.Import;

/// <summary>Refuses a row.</summary>
public sealed class RowException(int line, string reason) : Exception(reason.Length <= MaxReason ? reason : ShortText.Cut(reason, MaxReason) + "…")
{
    // A reason may quote a cell of any length.
    private const int MaxReason = 300;

    public int Line => line;
}
