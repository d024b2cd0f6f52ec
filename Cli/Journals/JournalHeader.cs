namespace ActorShop.Cli.Journals;

/// <summary>What a journal is of.</summary>
/// <param name="Work">The command.</param>
/// <param name="Input">The input: its name without folder.</param>
/// <param name="Server">The shop.</param>
internal sealed record JournalHeader(string Work, string Input, string Server);
