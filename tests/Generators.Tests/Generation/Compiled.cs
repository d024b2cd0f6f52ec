using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ActorShop.Generators.Tests.Generation;

/// <summary>Sources as a project of the shop would compile them.</summary>
internal static class Compiled
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Threading; "
        + "global using System.Threading.Tasks; global using Orleans; global using Orleans.Concurrency; global using Orleans.Runtime;";

    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "ActorShop.Abstractions.dll" or "mscorlib.dll" or "netstandard.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation From(string source) => CSharpCompilation.Create(
        "Sample",
        [CSharpSyntaxTree.ParseText(Usings, Options), CSharpSyntaxTree.ParseText(source, Options)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ContractGenerator().AsSourceGenerator()],
        parseOptions: Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated files by name; the whole must compile without a warning.</summary>
    public static SortedDictionary<string, string> Generate(string source)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(From(source), out var compilation, out var complaints);
        complaints.ShouldBeEmpty();
        compilation.GetDiagnostics().Where(static d => d.Severity >= DiagnosticSeverity.Warning).ShouldBeEmpty();
        return new SortedDictionary<string, string>(
            driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(
                static file => file.HintName, static file => file.SourceText.ToString(), StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    /// <summary>What the analyzer says: the id and the text it points at.</summary>
    public static async Task<string[]> AnalyzeAsync(string source)
    {
        var compilation = From(source);
        compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        var complaints = await compilation.WithAnalyzers([new ContractAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return
        [
            .. complaints
                .OrderBy(static d => d.Location.SourceSpan.Start)
                .Select(static d => $"{d.Id} {d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}"),
        ];
    }
}
