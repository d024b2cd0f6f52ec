namespace ActorShop.Parity.Life;

/// <summary>Goal: grains always exist, activations come and go, and ids read the same.</summary>
public sealed class LifeTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly string _key = Cluster.NewKey();

    [Fact]
    public async Task DeactivateOnIdle_LetsACallWait_ForTheNextActivation()
    {
        var grain = cluster.Grains.GetGrain<ILifeGrain>(_key);
        var first = await grain.IncarnationAsync();
        await grain.EndAsync(_key + ".ending", _key + ".release");
        await Gate.Opened(_key + ".ending");

        var waiting = grain.IncarnationAsync();
        Gate.Open(_key + ".release");

        (await waiting).ShouldNotBe(first);
        (await grain.LastReasonAsync()).ShouldBe(DeactivationReasonCode.ApplicationRequested);
    }

    [Fact]
    public void GetGrain_RefusesKeysThatAreNone()
    {
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<ILifeGrain>(" "));
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<ILifeGrain>(""));
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<ILifeGrain>((string)null!));
    }

    [Fact]
    public void GetGrain_OfAnInterfaceWithoutAClass_IsRefused() =>
        Should.Throw<ArgumentException>(() => cluster.Grains.GetGrain<INowhereGrain>(_key));

    [Theory]
    [InlineData(255, "integer/FF")]
    [InlineData(0, "integer/0")]
    [InlineData(-1, "integer/FFFFFFFFFFFFFFFF")]
    public async Task IntegerKey_IsHexadecimalInTheId(long key, string id)
    {
        var grain = cluster.Grains.GetGrain<IIntegerGrain>(key);

        (await grain.IdAsync()).ShouldBe(id);
        (await grain.KeyAsync()).ShouldBe(key);
        grain.GetPrimaryKeyLong().ShouldBe(key);
    }

    [Fact]
    public async Task CompoundKey_IsGuidPlusExtension_UnderTheStatedType()
    {
        var key = Guid.Parse("0123ABCD-0000-0000-0000-00000000000F");
        var grain = cluster.Grains.GetGrain<IGuidGrain>(key, "ext/1");

        (await grain.IdAsync()).ShouldBe("named/0123abcd00000000000000000000000f+ext/1");
        grain.GetPrimaryKey(out var extension).ShouldBe(key);
        extension.ShouldBe("ext/1");
    }

    [Fact]
    public void Key_OfAnotherKind_IsNotRead() =>
        Should.Throw<InvalidOperationException>(() => cluster.Grains.GetGrain<ILifeGrain>(_key).GetPrimaryKeyLong());

    [Fact]
    public async Task References_ToOneGrain_AreEqual_AndCanBeMadeFromItsId()
    {
        var one = cluster.Grains.GetGrain<ILifeGrain>(_key);
        var other = cluster.Grains.GetGrain<ILifeGrain>(one.GetGrainId());

        other.ShouldBe(one);
        (await other.IncarnationAsync()).ShouldBe(await one.IncarnationAsync());
    }
}
