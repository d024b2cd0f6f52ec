namespace ActorShop.Inventory;

/// <summary>The end of a reservation that only the ledger has.</summary>
internal enum Past
{
    /// <summary>The ledger has none, or was not asked.</summary>
    Nothing,

    Committed,

    /// <summary>The units were released, or the reservation expired.</summary>
    GivenBack,
}
