namespace ActorShop.EndToEnd;

/// <summary>Goal: a start logs what a person needs and no more. Method: the shop as a process, and the lines of its output.</summary>
[Trait("Suite", "EndToEnd")]
public sealed class StartTests
{
    private const int MostLines = 20;

    [Fact]
    public async Task Start_LogsTheAddressesAndTheDataFile_InAFewLines()
    {
        await using var shop = await ShopProcess.StartAsync();
        await Eventually.HoldsAsync(() => shop.Output.Any(static line => line.Contains("Data ", StringComparison.Ordinal)));

        var output = string.Join('\n', shop.Output);
        output.ShouldContain($"Shop       {shop.Public}v1/products");
        output.ShouldContain($"API docs   {shop.Public}docs");
        output.ShouldContain($"Operators  {shop.Operators.ToString().TrimEnd('/')}");
        output.ShouldContain($"Data       {Path.Combine(shop.Folder, "data", "shop.db")}");
        output.ShouldNotContain("dev-admin-key");
        shop.Output.Count.ShouldBeLessThanOrEqualTo(MostLines, output);
    }
}
