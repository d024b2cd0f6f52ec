using System.Collections.Immutable;
using System.Text;
using ActorShop.Generators.Emission;
using ActorShop.Generators.Model;
using ActorShop.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ActorShop.Generators;

/// <summary>Writes references, calls, codecs and the manifest of an assembly.</summary>
/// <remarks>
/// Silent: where a contract is wrong it writes nothing for it, and <see cref="ContractAnalyzer"/> says why. The output is a
/// function of the contracts alone, in ordinal order, so that a build can be repeated.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class ContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var space = context.CompilationProvider.Select(static (compilation, _) =>
            $"ActorShop.Runtime.Generated.{Names.Identifier(compilation.AssemblyName ?? "Program")}");

        var interfaces = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is InterfaceDeclarationSyntax { BaseList: not null },
                static (node, cancellation) => DeclaredFirst(node, cancellation) is { } symbol ? InterfaceParser.Parse(symbol) : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!);

        var types = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                Names.GenerateSerializer,
                static (_, _) => true,
                static (node, _) => node.TargetSymbol is INamedTypeSymbol symbol ? SerializableParser.Parse(symbol) : null)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!);

        var grains = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is ClassDeclarationSyntax { BaseList: not null },
                static (node, cancellation) => DeclaredFirst(node, cancellation) is { } symbol && IsGrain(symbol) ? Names.CSharp(symbol) : null)
            .Where(static name => name is not null)
            .Select(static (name, _) => name!);

        context.RegisterSourceOutput(interfaces.Combine(space), static (output, pair) =>
            Add(output, $"{pair.Left.Identifier}.Reference.g.cs", InterfaceEmitter.Emit(pair.Left, pair.Right)));
        context.RegisterSourceOutput(types.Combine(space), static (output, pair) =>
            Add(output, $"{pair.Left.Identifier}.Codec.g.cs", CodecEmitter.Emit(pair.Left, pair.Right)));
        context.RegisterSourceOutput(
            interfaces.Collect().Combine(types.Collect()).Combine(grains.Collect()).Combine(space),
            static (output, all) => AddManifest(output, all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right));
    }

    private static void AddManifest(
        SourceProductionContext output,
        ImmutableArray<InterfaceModel> interfaces,
        ImmutableArray<SerializableModel> types,
        ImmutableArray<string> grains,
        string space)
    {
        if (interfaces.IsEmpty && types.IsEmpty && grains.IsEmpty)
        {
            return;
        }

        var source = ManifestEmitter.Emit(
            interfaces.OrderBy(static i => i.Identifier, StringComparer.Ordinal),
            types.OrderBy(static t => t.Identifier, StringComparer.Ordinal),
            grains.OrderBy(static g => g, StringComparer.Ordinal),
            space);
        Add(output, "Manifest.g.cs", source);
    }

    private static void Add(SourceProductionContext output, string name, string? source)
    {
        if (source is not null)
        {
            output.AddSource(name, SourceText.From(source, Encoding.UTF8));
        }
    }

    // A partial type is looked at once, where it is declared first.
    private static INamedTypeSymbol? DeclaredFirst(GeneratorSyntaxContext node, CancellationToken cancellation) =>
        node.SemanticModel.GetDeclaredSymbol(node.Node, cancellation) is INamedTypeSymbol symbol
        && symbol.DeclaringSyntaxReferences
            .Select(static reference => (Reference: reference, HasBases: reference.GetSyntax() is TypeDeclarationSyntax { BaseList: not null }))
            .First(static pair => pair.HasBases).Reference is var first
        && first.SyntaxTree == node.Node.SyntaxTree
        && first.Span == node.Node.Span
            ? symbol
            : null;

    private static bool IsGrain(INamedTypeSymbol symbol) =>
        symbol is { IsAbstract: false, IsGenericType: false }
        && Names.IsReachable(symbol)
        && Names.Implements(symbol, Names.Addressable)
        && (Names.DerivesFrom(symbol, Names.Grain) || Names.Implements(symbol, Names.GrainBase));
}
