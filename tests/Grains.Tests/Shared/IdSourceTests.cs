namespace ActorShop;

[Trait("Suite", "Unit")]
public sealed class IdSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void TimeOf_ReadsTheTimeOfAUuidOfVersion7() =>
        IdSource.TimeOf("ord_" + Guid.CreateVersion7(Now).ToString("N")).ShouldBe(Now);

    [Theory]
    [InlineData("")]
    [InlineData("ord_")]
    [InlineData("ord_not-a-number-of-any-kind-at-all!")]
    public void TimeOf_ReturnsTheMinimum_ForOtherText(string text) => IdSource.TimeOf(text).ShouldBe(DateTimeOffset.MinValue);
}
