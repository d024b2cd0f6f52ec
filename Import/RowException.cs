namespace ActorShop.Import;

/// <summary>Refuses a row.</summary>
public sealed class RowException(int line, string reason) : Exception(reason)
{
    public int Line => line;
}
