namespace ActorShop.Generators.Tests.Contracts;

// The same type as two builds know it: an older one, and a newer one that has added to every part of it.

[GenerateSerializer]
public class OlderBase;

[GenerateSerializer]
public sealed record OlderLine(string Sku);

[GenerateSerializer]
public sealed class Older : OlderBase
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(2)]
    public OlderLine? Line { get; set; }

    [Id(3)]
    public int Last { get; set; }
}

[GenerateSerializer]
public class NewerBase
{
    [Id(0)]
    public List<string> Tags { get; set; } = [];
}

[GenerateSerializer]
public sealed record NewerLine(string Sku, int Quantity, decimal? Price)
{
    [Id(0)]
    public string? Note { get; init; }
}

[GenerateSerializer]
public sealed class Newer : NewerBase
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public Dictionary<string, Money> Added { get; set; } = [];

    [Id(2)]
    public NewerLine? Line { get; set; }

    [Id(3)]
    public int Last { get; set; }

    [Id(4)]
    public double Rate { get; set; } = 1;
}
