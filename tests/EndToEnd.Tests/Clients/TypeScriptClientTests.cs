using System.Runtime.CompilerServices;

namespace ActorShop.EndToEnd.Clients;

/// <summary>
/// Goal: a client that a user generates from the OpenAPI document works.
/// Method: openapi-typescript generates types, tsc checks tests/Clients.TypeScript strictly, and it runs the journey of the README.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class TypeScriptClientTests
{
    private static readonly Lazy<Task> Built = new(BuildAsync);

    [NodeFact]
    public async Task GeneratedClient_BuysCapturesAndRefunds()
    {
        await Built.Value;
        await using var shop = await ShopProcess.StartAsync();
        await RunAsync("node", "dist/journey.js", shop.Public.GetLeftPart(UriPartial.Authority), ShopProcess.AdminKey);
    }

    [NodeFact]
    public async Task TryItOut_SucceedsForEveryPost_AsItStands()
    {
        await Built.Value;
        await using var shop = await ShopProcess.StartAsync(ShopProcess.KeySettings(0, "dev-admin-key", "admin"));
        await RunAsync("node", "dist/tryit.js", shop.Public.GetLeftPart(UriPartial.Authority));
    }

    private static async Task BuildAsync()
    {
        await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline");
        await RunAsync("npm", "run", "build");
    }

    private static async Task RunAsync(params string[] command)
    {
        await using var process = ChildProcess.Start(command, Path.Combine(Folder(), "../../Clients.TypeScript"));
        (await process.EndAsync()).ShouldBe(0, string.Join('\n', process.Output));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
