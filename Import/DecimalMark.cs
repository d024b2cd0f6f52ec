namespace ActorShop.Import;

/// <summary>The character before the decimals of a number.</summary>
public enum DecimalMark
{
    Point,
    Comma,
}
