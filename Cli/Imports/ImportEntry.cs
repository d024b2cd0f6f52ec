namespace ActorShop.Cli.Imports;

/// <param name="Digest">The digest of what the file says about the product; null in older journals.</param>
internal sealed record ImportEntry(string Id, ImportOutcome Outcome, string? Digest = null);
