namespace ActorShop.Cli.Imports;

/// <summary>An imported row in the journal.</summary>
/// <param name="Id">The external id.</param>
/// <param name="Outcome">The outcome.</param>
internal sealed record ImportEntry(string Id, ImportOutcome Outcome);
