namespace ActorShop.Testing.Invariants;

/// <summary>A line of the provider's journal.</summary>
/// <param name="Kind"><c>authorise</c>, <c>capture</c>, <c>refund</c> or <c>void</c>.</param>
/// <param name="Currency">The currency; a void has none that counts.</param>
/// <param name="Outcome">The outcome; only <c>done</c> has an effect.</param>
public sealed record ProviderEntry(string Key, string Kind, string Payment, long Amount, string Currency, string Outcome)
{
    public bool IsDone => Outcome is "done";
}
