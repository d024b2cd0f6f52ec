namespace ActorShop.Storage.Migrations;

/// <summary>How a database stands to the migrations that a program knows.</summary>
/// <param name="Trouble">Why neither can be relied upon; null where all is well.</param>
public sealed record SchemaStatus(ImmutableArray<AppliedMigration> Applied, ImmutableArray<Migration> Pending, string? Trouble)
{
    /// <summary>Whether the program can work with the database as it is.</summary>
    public bool IsCurrent => Trouble is null && Pending.IsEmpty;

    /// <summary>Compares what a database remembers with what a program knows.</summary>
    internal static SchemaStatus Of(ImmutableArray<AppliedMigration> applied, ImmutableArray<Migration> known)
    {
        ImmutableArray<Migration> pending = [.. known.Skip(applied.Length)];
        for (var i = 0; i < applied.Length; i++)
        {
            if (i >= known.Length)
            {
                return new(applied, pending, $"The database has migration {applied[^1]}, and this program knows {known.Length}: it is newer. Use the program that made it, or a later one.");
            }

            if (applied[i].Number != known[i].Number || !string.Equals(applied[i].Name, known[i].Name, StringComparison.Ordinal))
            {
                return new(applied, pending, $"The database has migration {applied[i]} where this program has {known[i]}. Another program migrated it.");
            }

            if (!known[i].IsRecordedAs(applied[i].Checksum))
            {
                return new(
                    applied,
                    pending,
                    $"Migration {known[i]} was changed after it was applied (checksum {applied[i].Checksum[..12]} in the database, {known[i].Checksum[..12]} here). "
                    + "Do not edit a migration: add a new one.");
            }
        }

        return new(applied, pending, Trouble: null);
    }
}

/// <summary>A migration that a database remembers.</summary>
public sealed record AppliedMigration(int Number, string Name, string Checksum, DateTimeOffset AppliedAt)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Number:D4}-{Name}");
}
