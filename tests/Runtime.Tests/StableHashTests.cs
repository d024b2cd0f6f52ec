using System.Text;

namespace ActorShop.Runtime;

/// <summary>Goal: hashes are those of existing databases. The values were read from rows that Orleans wrote.</summary>
public sealed class StableHashTests
{
    [Fact]
    public void Hash_OfAStateName_IsTheOneInTheStorageTable() =>
        ((int)StableHash.ComputeHash(Encoding.UTF8.GetBytes("counter"))).ShouldBe(-747_196_292);

    [Theory]
    [InlineData(0, 328_578_014)]
    [InlineData(1, 1_168_708_852)]
    [InlineData(2, -879_870_763)]
    public void Hash_OfAnIntegerKey_IsTheOneInTheStorageTable(long key, int hash) =>
        ((int)StableHash.ComputeHash(BitConverter.GetBytes(key).Reverse().ToArray())).ShouldBe(hash);

    [Fact]
    public void Hash_OfALongText_TakesAllOfIt() =>
        StableHash.ComputeHash(Encoding.UTF8.GetBytes("a text of more than sixteen bytes, 1"))
            .ShouldNotBe(StableHash.ComputeHash(Encoding.UTF8.GetBytes("a text of more than sixteen bytes, 2")));
}
