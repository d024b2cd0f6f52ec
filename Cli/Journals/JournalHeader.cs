namespace ActorShop.Cli.Journals;

/// <summary>What a journal is of: the command, the name of the input without its folder, and the shop.</summary>
/// <param name="Digest">The digest of the input; null if its entries have digests of their own, or if the input can be read only once.</param>
internal sealed record JournalHeader(string Work, string Input, string Server, string? Digest = null);
