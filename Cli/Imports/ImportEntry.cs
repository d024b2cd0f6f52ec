namespace ActorShop.Cli.Imports;

internal sealed record ImportEntry(string Id, ImportOutcome Outcome);
