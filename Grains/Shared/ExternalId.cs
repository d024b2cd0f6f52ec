namespace ActorShop;

/// <summary>Who holds an external id.</summary>
internal sealed record ExternalId : IEntity<ExternalId, ExternalIdEvent>
{
    public const string OfCarts = "cart";

    public const string OfOrders = "order";

    public const string OfProducts = "product";

    public string? Owner { get; init; }

    /// <summary>An owner other than the one that claims, who has to be asked; null for none.</summary>
    public string? OtherThan(string owner) => string.Equals(Owner, owner, StringComparison.Ordinal) ? null : Owner;

    /// <summary>Gives the id to an owner, after another was asked and does not have it.</summary>
    public Decision<string, ExternalIdEvent> Claim(string owner) =>
        string.Equals(Owner, owner, StringComparison.Ordinal) ? new(owner, []) : new(owner, [new ExternalIdEvent.Claimed(owner)]);

    public ExternalId Apply(ExternalIdEvent happened) => happened switch
    {
        ExternalIdEvent.Claimed e => this with { Owner = e.Owner },
        _ => this,
    };
}

internal abstract record ExternalIdEvent : IEvent
{
    private ExternalIdEvent()
    {
    }

    [Alias("shared.external-id-event.claimed")]
    internal sealed record Claimed(string Owner) : ExternalIdEvent;
}
