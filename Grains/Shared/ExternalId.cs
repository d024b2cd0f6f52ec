namespace ActorShop;

/// <summary>Who holds an external id. Once claimed it is held for ever.</summary>
internal sealed record ExternalId : IHead<ExternalId, ExternalIdEvent>
{
    /// <summary>The owner; null before the first claim.</summary>
    public string? Owner { get; init; }

    /// <inheritdoc cref="IExternalIdGrain.ClaimAsync"/>
    public Decision<string, ExternalIdEvent> Claim(string owner) =>
        Owner is { } held ? new(held, []) : new(owner, [new ExternalIdEvent.Claimed(owner)]);

    /// <inheritdoc/>
    public ExternalId Apply(ExternalIdEvent happened) => happened switch
    {
        ExternalIdEvent.Claimed e => this with { Owner = e.Owner },
        _ => this,
    };
}

/// <summary>What happened to an external id.</summary>
internal abstract record ExternalIdEvent : IEvent
{
    private ExternalIdEvent()
    {
    }

    /// <summary>Somebody holds it now.</summary>
    [Alias("shared.external-id-event.claimed")]
    internal sealed record Claimed(string Owner) : ExternalIdEvent;
}
