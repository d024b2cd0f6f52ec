namespace ActorShop.Parity.Copies;

/// <summary>Goal: caller and callee share nothing but what is immutable.</summary>
public sealed class CopyTests(Cluster cluster) : IClassFixture<Cluster>
{
    private readonly ICopyGrain _grain = cluster.Grains.GetGrain<ICopyGrain>(Cluster.NewKey());

    [Fact]
    public async Task Argument_ChangedByTheGrain_IsNotChangedForTheCaller()
    {
        var basket = new Basket { Items = ["apple"] };

        var answer = await _grain.AddAsync(basket, "pear");

        basket.Items.ShouldBe(["apple"]);
        answer.Items.ShouldBe(["apple", "pear"]);
    }

    [Fact]
    public async Task Result_ChangedByTheCaller_IsNotChangedForTheGrain()
    {
        var answer = await _grain.AddAsync(new Basket(), "pear");

        answer.Items.Add("plum");

        (await _grain.GetAsync()).Items.ShouldBe(["pear"]);
    }

    [Fact]
    public async Task ByteArray_IsCopied()
    {
        byte[] bytes = [1, 2];

        await _grain.FillAsync(bytes);

        bytes.ShouldBe([(byte)1, (byte)2]);
    }

    [Fact]
    public async Task ImmutableType_IsTheSameObjectOnBothSides()
    {
        var frozen = new Frozen(["ice"]);

        await _grain.AddAsync(frozen, "snow");

        frozen.Items.ShouldBe(["ice", "snow"]);
    }

    [Fact]
    public async Task RequestContext_FlowsDown_ThroughGrains()
    {
        RequestContext.Set("name", "value");

        (await _grain.ContextOfOtherAsync(Cluster.NewKey(), "name")).ShouldBe("value");
    }

    [Fact]
    public async Task RequestContext_SetByTheGrain_DoesNotComeBack()
    {
        await _grain.SetContextAsync("name", "value");

        RequestContext.Get("name").ShouldBeNull();
        (await _grain.ContextAsync("name")).ShouldBeNull();
    }
}
