namespace ActorShop.Import;

/// <summary>Refuses a row.</summary>
public sealed class RowException(int line, string reason) : Exception(ShortText.Message(reason, MaxReason))
{
    internal const int MaxReason = 300;

    public int Line => line;
}
