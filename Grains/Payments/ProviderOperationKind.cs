namespace ActorShop.Payments;

public enum ProviderOperationKind
{
    Authorise,

    /// <summary>Capture the held money, once, in part or in full.</summary>
    Capture,

    /// <summary>Refund captured money, in parts or in full.</summary>
    Refund,

    /// <summary>Void the hold, or refuse it if it arrives later.</summary>
    Void,
}
