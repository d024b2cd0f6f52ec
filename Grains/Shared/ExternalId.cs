namespace ActorShop;

/// <summary>The owner of an external id.</summary>
internal sealed record ExternalId : IEntity
{
    // The kinds, in keys.
    public const string OfCarts = "cart";
    public const string OfOrders = "order";
    public const string OfProducts = "product";

    public string? Owner { get; init; }

    /// <summary>Another owner that must be asked before the id is given away; null for none.</summary>
    public string? OtherThan(string owner) => string.Equals(Owner, owner, StringComparison.Ordinal) ? null : Owner;

    /// <summary>Gives the id to an owner, after another was asked and does not have it.</summary>
    public Decision<string, ExternalIdEvent> Claim(string owner) =>
        new(owner, string.Equals(Owner, owner, StringComparison.Ordinal) ? [] : [new ExternalIdEvent.Claimed(owner)]);
}

internal abstract record ExternalIdEvent : EntityEvent<ExternalId>
{
    [Alias("shared.external-id-event.claimed")]
    internal sealed record Claimed(string Owner) : ExternalIdEvent
    {
        public override ExternalId ApplyTo(ExternalId head) => head with { Owner = Owner };
    }
}
