namespace ActorShop.EndToEnd.Clients;

/// <summary>A test that needs Node.js with npm; skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = Has("node") && Has("npm") ? null : "Node.js and npm are not installed.";

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
