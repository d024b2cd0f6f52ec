namespace ActorShop.Parity.Copies;

[GenerateSerializer]
public sealed class Basket
{
    [Id(0)]
    public List<string> Items { get; set; } = [];
}

[GenerateSerializer]
[Immutable]
public sealed class Frozen(List<string> items)
{
    [Id(0)]
    public List<string> Items { get; } = items;
}

public interface ICopyGrain : IGrainWithStringKey
{
    Task<Basket> AddAsync(Basket basket, string item);

    Task<Basket> GetAsync();

    Task AddAsync(Frozen frozen, string item);

    Task FillAsync(byte[] bytes);

    Task<string?> ContextAsync(string name);

    Task SetContextAsync(string name, string value);

    Task<string?> ContextOfOtherAsync(string other, string name);
}

public sealed class CopyGrain : Grain, ICopyGrain
{
    private Basket _basket = new();

    public Task<Basket> AddAsync(Basket basket, string item)
    {
        basket.Items.Add(item);
        _basket = basket;
        return Task.FromResult(_basket);
    }

    public Task<Basket> GetAsync() => Task.FromResult(_basket);

    public Task AddAsync(Frozen frozen, string item)
    {
        frozen.Items.Add(item);
        return Task.CompletedTask;
    }

    public Task FillAsync(byte[] bytes)
    {
        Array.Fill<byte>(bytes, 7);
        return Task.CompletedTask;
    }

    public Task<string?> ContextAsync(string name) => Task.FromResult(RequestContext.Get(name) as string);

    public Task SetContextAsync(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public Task<string?> ContextOfOtherAsync(string other, string name) =>
        GrainFactory.GetGrain<ICopyGrain>(other).ContextAsync(name);
}
