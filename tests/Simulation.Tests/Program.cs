using ActorShop.Simulation.Shop;

// Runs of the shop: thousands of seeds, or one seed again. docs/SIMULATION.md has the commands.
if (args is ["shop", .. var rest])
{
    return await ShopCommand.RunAsync(rest, Console.Out);
}

await Console.Error.WriteLineAsync("Usage: shop --seeds 10000 | shop --seed 7 [--shrink]");
return 2;
