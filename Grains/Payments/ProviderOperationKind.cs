namespace ActorShop.Payments;

/// <summary>What a provider can do.</summary>
public enum ProviderOperationKind
{
    /// <summary>Hold money.</summary>
    Authorise,

    /// <summary>Take what is held, once, up to all of it.</summary>
    Capture,

    /// <summary>Give back what was taken, in parts up to all of it.</summary>
    Refund,

    /// <summary>Give up the hold, or make sure that there will never be one.</summary>
    Void,
}
