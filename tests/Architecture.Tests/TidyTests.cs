using System.Text.RegularExpressions;

namespace ActorShop.Architecture;

/// <summary>Goal: the tree stays readable.</summary>
public sealed partial class TidyTests
{
    private const int MaxLines = 600;

    [Fact]
    public void SourceFiles_HoldOneIdea() =>
        Repository.Files(".", "*.cs")
            .Where(static file => file.Text.AsSpan().Count('\n') > MaxLines)
            .Select(static file => file.Path)
            .ShouldBeEmpty($"No file has more than {MaxLines} lines: split it by idea.");

    [Fact]
    public void Documents_HaveOneTitle() =>
        Repository.Files(".", "*.md")
            .Where(static file => !file.Path.Contains("/AnalyzerReleases.", StringComparison.Ordinal))
            .Where(static file => Title().Count(Fence().Replace(file.Text, string.Empty)) != 1)
            .Select(static file => file.Path)
            .ShouldBeEmpty();

    [Fact]
    public void Decisions_AreAllListed()
    {
        var list = File.ReadAllText(Path.Combine(Repository.Root, "docs/adr/README.md"));

        Repository.Files("docs/adr", "0*.md")
            .Where(file => !list.Contains($"({Path.GetFileName(file.Path)})", StringComparison.Ordinal))
            .Select(static file => file.Path)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Links_BetweenDocuments_LeadSomewhere() =>
        Repository.Files(".", "*.md")
            .SelectMany(static file => Link().Matches(file.Text).Select(match => (file.Path, Target: match.Groups["target"].Value)))
            .Where(static link => !link.Target.Contains("://", StringComparison.Ordinal))
            .Where(static link => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(link.Path)!, link.Target)))
            .ShouldBeEmpty();

    [Fact]
    public void NothingIsLeftToBeFixed() =>
        Repository.Files(".", "*.cs")
            .Where(static file => !file.Path.EndsWith("TidyTests.cs", StringComparison.Ordinal))
            .Where(static file => Unfinished().IsMatch(file.Text))
            .Select(static file => file.Path)
            .ShouldBeEmpty();

    [Fact]
    public void BannedSymbols_AreNotSuppressedInProductCode() =>
        Repository.Files(".", "*.cs")
            .Where(static file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))
            .Where(static file => file.Text.Contains("RS0030", StringComparison.Ordinal))
            .Select(static file => file.Path)
            .ShouldBeEmpty();

    [GeneratedRegex("^# .+$", RegexOptions.Multiline, 1000)]
    private static partial Regex Title();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\bFIXME\b|\bTODO\b(?! #\d)", RegexOptions.None, 1000)]
    private static partial Regex Unfinished();
}
