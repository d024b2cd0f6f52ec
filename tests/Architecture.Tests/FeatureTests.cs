using System.Text.RegularExpressions;

namespace ActorShop.Architecture;

/// <summary>Goal: features depend on each other in one direction, and a type is found by its name.</summary>
/// <remarks>Method: the sources of <c>Grains.Interfaces</c> and <c>Grains</c> are read as text.</remarks>
public sealed partial class FeatureTests
{
    // Each feature, and the features that it may name. Shared names none.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Shared"] = [],
        ["Idempotency"] = [],
        ["Health"] = [],
        ["Inventory"] = [],
        ["Payments"] = [],
        ["Catalog"] = ["Inventory"],
        ["Accounting"] = ["Inventory"],
        ["Orders"] = ["Accounting", "Inventory", "Payments"],
        ["Carts"] = ["Catalog", "Orders", "Payments"],
        ["Reporting"] = ["Accounting", "Carts", "Catalog", "Inventory", "Orders", "Payments"],
    };

    public static TheoryData<string> Features => [.. Allowed.Keys];

    private static IEnumerable<(string Path, string Text)> Sources =>
        Repository.Files("Grains.Interfaces", "*.cs").Concat(Repository.Files("Grains", "*.cs"));

    [Fact]
    public void Arrows_HaveNoCycle()
    {
        // A feature comes after everything that it may name.
        var order = Allowed.Keys.ToArray();

        Allowed.SelectMany(static feature => feature.Value, static (feature, other) => (feature.Key, Other: other))
            .Where(arrow => Array.IndexOf(order, arrow.Other) >= Array.IndexOf(order, arrow.Key))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void Feature_NamesOnlyTheFeaturesBelowIt(string feature)
    {
        var forbidden = Allowed.Keys.Except(Allowed[feature], StringComparer.Ordinal).Where(other => !string.Equals(other, feature, StringComparison.Ordinal));
        var name = new Regex($@"\b(using ActorShop\.|(?<![.\w]))({string.Join('|', forbidden)})(;|\.[A-Z])", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

        FilesOf(feature)
            .SelectMany(file => name.Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"))
            .ShouldBeEmpty($"{feature} may name {string.Join(", ", Allowed[feature])}.");
    }

    [Fact]
    public void Folders_AreFeatures() => Sources
        .Select(static file => file.Path.Split('/'))
        .Where(static path => path.Length > 2)
        .Select(static path => path[1])
        .Distinct(StringComparer.Ordinal)
        .Except([.. Allowed.Keys, "Entities"], StringComparer.Ordinal)
        .ShouldBeEmpty();

    [Fact]
    public void Types_StandInTheFileOfTheirName() => Sources
        .Where(static file => !file.Path.Contains("/Shared/", StringComparison.Ordinal) && !file.Path.Contains("/Entities/", StringComparison.Ordinal))
        .SelectMany(static file => Declaration().Matches(file.Text)
            .Where(static match => !match.Groups["modifiers"].Value.Contains("partial", StringComparison.Ordinal))
            .Select(match => (file.Path, Type: match.Groups["name"].Value)))
        .Where(static type => !string.Equals(Path.GetFileNameWithoutExtension(type.Path), type.Type, StringComparison.Ordinal))
        .ShouldBeEmpty();

    private static IEnumerable<(string Path, string Text)> FilesOf(string feature) => Sources
        .Where(file => file.Path.Contains($"/{feature}/", StringComparison.Ordinal));

    [GeneratedRegex(@"^(public|internal)(?<modifiers>( static| abstract| sealed| readonly| partial)*) (record struct|record|class|struct|enum|interface) (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Declaration();
}
