using System.Collections.Concurrent;
using System.Collections.Immutable;
using ActorShop.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ActorShop.Generators;

/// <summary>Says what is wrong with contracts, where they stand.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] InterfaceOnly = [Names.ReadOnly, Names.AlwaysInterleave, Names.OneWay, Names.ResponseTimeout];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        Diagnostics.ReturnType,
        Diagnostics.Tokens,
        Diagnostics.ByReference,
        Diagnostics.CannotCross,
        Diagnostics.DuplicateId,
        Diagnostics.MissingId,
        Diagnostics.DuplicateAlias,
        Diagnostics.Inaccessible,
        Diagnostics.Misplaced,
        Diagnostics.Generic,
        Diagnostics.NotAMethod,
        Diagnostics.DuplicateMethod,
        Diagnostics.NotSettable,
        Diagnostics.AsyncEnumerable,
        Diagnostics.Timeout,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(static symbol => AnalyzeType((INamedTypeSymbol)symbol.Symbol, symbol.ReportDiagnostic), SymbolKind.NamedType);
        context.RegisterSymbolAction(static symbol => AnalyzeMethod((IMethodSymbol)symbol.Symbol, symbol.ReportDiagnostic), SymbolKind.Method);
        context.RegisterCompilationStartAction(static compilation =>
        {
            var aliases = new ConcurrentBag<(string Alias, INamedTypeSymbol Type)>();
            compilation.RegisterSymbolAction(
                symbol =>
                {
                    var type = (INamedTypeSymbol)symbol.Symbol;
                    foreach (var alias in Names.Aliases(type))
                    {
                        aliases.Add((alias, type));
                    }
                },
                SymbolKind.NamedType);
            compilation.RegisterCompilationEndAction(end => AnalyzeAliases(aliases, end.ReportDiagnostic));
        });
    }

    private static void AnalyzeType(INamedTypeSymbol symbol, Action<Diagnostic> report)
    {
        _ = InterfaceParser.Parse(symbol, report);
        _ = SerializableParser.Parse(symbol, report);
    }

    private static void AnalyzeMethod(IMethodSymbol method, Action<Diagnostic> report)
    {
        if (method.ContainingType is not { TypeKind: TypeKind.Class } type || !Names.Implements(type, Names.Addressable))
        {
            return;
        }

        foreach (var attribute in InterfaceOnly.Where(attribute => Names.Has(method, attribute)))
        {
            var name = attribute.Substring(attribute.LastIndexOf('.') + 1).Replace("Attribute", "");
            report(Diagnostic.Create(Diagnostics.Misplaced, Names.Location(method), name, method.Name));
        }
    }

    private static void AnalyzeAliases(ConcurrentBag<(string Alias, INamedTypeSymbol Type)> aliases, Action<Diagnostic> report)
    {
        // The bag has no order; the complaint goes to the type whose name comes later, in every build.
        var shared = aliases
            .GroupBy(static pair => pair.Alias, StringComparer.Ordinal)
            .Select(static group => group.OrderBy(static pair => Names.Metadata(pair.Type), StringComparer.Ordinal).ToList())
            .Where(static group => group.Count > 1);
        foreach (var group in shared)
        {
            foreach (var (alias, type) in group.Skip(1))
            {
                report(Diagnostic.Create(Diagnostics.DuplicateAlias, Names.Location(type), alias, type.Name, group[0].Type.Name));
            }
        }
    }
}
