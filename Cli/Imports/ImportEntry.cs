namespace ActorShop.Cli.Imports;

/// <summary>An imported row in the journal, by its external id.</summary>
internal sealed record ImportEntry(string Id, ImportOutcome Outcome);
