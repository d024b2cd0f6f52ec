namespace ActorShop;

[Trait("Suite", "Unit")]
public sealed class IdSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Id_IsAUuidOfVersionSeven_ThatTellsItsTime()
    {
        var id = new IdSource(new FixedTime(Now), new ByteChance(0xFF)).Next();

        id.ShouldBe("019cae6b667b7fffbfffffffffffffff");
        Guid.ParseExact(id, "N").Version.ShouldBe(7);
        IdSource.TimeOf("ord_" + id).ShouldBe(Now);
    }

    [Fact]
    public void Ids_SortByTime()
    {
        var early = new IdSource(new FixedTime(Now), new ByteChance(0xFF)).Next();
        var late = new IdSource(new FixedTime(Now.AddMilliseconds(1)), new ByteChance(0x00)).Next();

        string.CompareOrdinal(early, late).ShouldBeNegative();
    }

    [Theory]
    [InlineData("")]
    [InlineData("ord_")]
    [InlineData("ord_not-a-number-of-any-kind-at-all!")]
    public void TimeOf_WhatIsNoId_IsTheBeginningOfTime(string text) => IdSource.TimeOf(text).ShouldBe(DateTimeOffset.MinValue);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class ByteChance(byte value) : Chance
    {
        public override void Fill(Span<byte> bytes) => bytes.Fill(value);
    }
}
