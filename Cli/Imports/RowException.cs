namespace ActorShop.Cli.Imports;

/// <summary>Refuses a row. The reader and the import turn it into a refusal with the line.</summary>
internal sealed class RowException(string reason) : Exception(reason);
