namespace ActorShop.Cli.Journals;

/// <summary>What a journal is of: the command, the name of the input without its folder, and the shop.</summary>
internal sealed record JournalHeader(string Work, string Input, string Server);
