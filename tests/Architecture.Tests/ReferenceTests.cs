using System.Text.RegularExpressions;

namespace ActorShop.Architecture;

/// <summary>
/// Goal: references point one way, and no code depends on a build switch.
/// </summary>
/// <remarks>Method: project files and sources are read as text.</remarks>
public sealed partial class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Grains.Interfaces"] = [],
        ["Grains"] = ["Grains.Interfaces"],
        ["Migrations"] = [],
        ["Storage"] = ["Grains", "Migrations"],
        ["PaymentSimulator"] = ["Grains"],
        ["Silo"] = ["Grains", "Storage", "PaymentSimulator"],
        ["Api"] = ["Grains.Interfaces", "Silo"],
        ["Import"] = ["Grains.Interfaces"],
        ["Cli"] = ["Grains.Interfaces", "Import", "Migrations"],
    };

    private static readonly string[] ShopFolders = ["Grains.Interfaces", "Grains", "Storage", "Silo", "Api", "PaymentSimulator"];

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatLiesBelowIt(string project)
    {
        var text = Repository.Files(".", $"{project}.csproj").ShouldHaveSingleItem().Text;

        var references = ProjectReference().Matches(text).Select(static match => match.Groups["project"].Value).ToArray();

        references.Except(Allowed[project], StringComparer.Ordinal).ShouldBeEmpty($"{project} may reference {string.Join(", ", Allowed[project])}.");
    }

    [Fact]
    public void ShopCode_HasNoConditionalCompilation() =>
        ShopFolders
            .SelectMany(static folder => Repository.Files(folder, "*.cs"))
            .Where(static file => file.Text.Contains("#if", StringComparison.Ordinal))
            .Select(static file => file.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Api_TouchesTheSiloInItsProgramAlone() =>
        Repository.Files("Api", "*.cs")
            .Where(static file => !string.Equals(file.Path, "Api/Program.cs", StringComparison.Ordinal))
            .Where(static file => file.Text.Contains("using ActorShop.Silo", StringComparison.Ordinal))
            .Select(static file => file.Path)
            .ShouldBeEmpty();

    /// <summary>Server-side jobs are to use it unchanged.</summary>
    [Fact]
    public void Import_KnowsNoConsole_NoHttp_AndNoGrain() =>
        Repository.Files("Import", "*.cs")
            .SelectMany(static file => ForeignToImport().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"))
            .ShouldBeEmpty("Of Grains.Interfaces, Import uses Money, Currency and Sku.");

    [GeneratedRegex(@"\bConsole\.|System\.CommandLine|Spectre|HttpClient|System\.Net|Orleans|IGrain|using ActorShop\.(?!Import\b)", RegexOptions.None, 1000)]
    private static partial Regex ForeignToImport();

    [GeneratedRegex("""<ProjectReference Include="([^"]*/)?(?<project>[^"/]+)\.csproj""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProjectReference();
}
