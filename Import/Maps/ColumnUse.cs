namespace ActorShop.Import.Maps;

internal enum ColumnUse
{
    /// <summary>The map does not know the column.</summary>
    Unknown,

    Read,

    /// <summary>The map knows the column, and the shop has no place for it.</summary>
    LeftOut,
}
