using ActorShop.Storage.Migrations;

namespace ActorShop.Storage.Postgres;

/// <summary>Goal: the steps of the schema are in one order, which every database has gone through.</summary>
public sealed class MigrationTests
{
    [Fact]
    public void Migrations_AreOrderedByNumber() =>
        Migration.InOrder([Step("0002-b.sql"), Step("0001-z.sql")]).Select(static migration => migration.ToString()).ShouldBe(["0001-z", "0002-b"]);

    [Fact]
    public void TwoMigrations_WithOneNumber_AreRefused() =>
        Should.Throw<SchemaException>(static () => Migration.InOrder([Step("0001-a.sql"), Step("0002-theirs.sql"), Step("0002-ours.sql")]))
            .Message.ShouldBe("Migrations 0002-ours and 0002-theirs have the same number. Give the later one the next number.");

    [Fact]
    public void Migrations_WithAGap_AreRefused() =>
        Should.Throw<SchemaException>(static () => Migration.InOrder([Step("0001-a.sql"), Step("0003-c.sql")]))
            .Message.ShouldBe("Migration 0003-c should have number 2. Numbers must have no gaps.");

    [Fact]
    public void MigrationWithAChangedComment_AcceptsItsFormerChecksum_AndNoOther()
    {
        const string Former = "f19b5c53d7f977d41680d540465cc1ebc8b08c9e6b3426197edf169e4effd58c";

        Migration.All.Where(static migration => migration.IsRecordedAs(Former)).Select(static migration => migration.Number).ShouldBe([3]);
        Migration.All.ShouldAllBe(static migration => migration.IsRecordedAs(migration.Checksum) && !migration.IsRecordedAs(new string('0', 64)));
    }

    private static Migration Step(string file) => Migration.Of(file, "select 1");
}
