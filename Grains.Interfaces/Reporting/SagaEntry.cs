namespace ActorShop.Reporting;

[GenerateSerializer, Immutable, Alias("reporting.saga-entry")]
public sealed record SagaEntry(string Grain, string Step, DateTimeOffset? Due)
{
    /// <summary>The steps of an order, by which sagas can be found.</summary>
    public static ImmutableArray<string> Steps { get; } =
        ["placing", "authorising", "confirming", "compensating", "capturing", "refunding", "cancelling", "shipping", "confirmed", "failed"];
}
