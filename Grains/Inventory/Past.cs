namespace ActorShop.Inventory;

/// <summary>What the ledger says of a reservation that the head no longer remembers.</summary>
internal enum Past
{
    /// <summary>It says nothing, or was not asked.</summary>
    Nothing,

    /// <summary>The units left the house.</summary>
    Committed,

    /// <summary>The units came back.</summary>
    GivenBack,
}
