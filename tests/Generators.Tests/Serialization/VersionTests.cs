using ActorShop.Generators.Tests.Contracts;

namespace ActorShop.Generators.Tests.Serialization;

[Trait("Suite", "Unit")]
public sealed class VersionTests
{
    [Fact]
    public void OlderReader_PassesOverWhatItDoesNotKnow()
    {
        var newer = new Newer
        {
            Name = "n",
            Tags = ["a", "b"],
            Added = new Dictionary<string, Money>(StringComparer.Ordinal) { ["x"] = new(1m, "EUR") },
            Line = new NewerLine("sku", 2, 3m) { Note = "note" },
            Last = 9,
            Rate = 0.5,
        };

        var older = Codecs.Read<Older>(Codecs.Write(newer));

        (older.Name, older.Line, older.Last).ShouldBe(("n", new OlderLine("sku"), 9));
    }

    [Fact]
    public void NewerReader_KeepsTheInitialisersOfWhatIsMissing()
    {
        var older = new Older { Name = "n", Line = new OlderLine("sku"), Last = 9 };

        var newer = Codecs.Read<Newer>(Codecs.Write(older));

        (newer.Name, newer.Line, newer.Last, newer.Rate).ShouldBe(("n", new NewerLine("sku", 0, null), 9, 1.0));
        newer.Added.ShouldBeEmpty();
        newer.Tags.ShouldBeEmpty();
    }

    [Fact]
    public void WireForm_IsWhatItWas()
    {
        // Bytes of earlier builds lie in queues and stores: a change here needs a reader of the old form.
        Convert.ToHexString(Codecs.Write(new OlderLine("key"))).ShouldBe("030A036B657904");
        Convert.ToHexString(Codecs.Write<ReserveResult>(new ReserveResult.Insufficient(3)))
            .ShouldBe("03" + "0214" + Convert.ToHexString("reserve.insufficient"u8) + "0B" + "0806" + "04" + "04");
        Convert.ToHexString(Codecs.Write(new List<int> { 1, -1 })).ShouldBe("03" + "0002" + "0802" + "0801" + "04");
        Convert.ToHexString(Codecs.Write(12.99m)).ShouldBe("02" + "03" + "02" + "1305");
    }
}
