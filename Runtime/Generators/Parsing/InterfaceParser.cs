using System.Globalization;
using ActorShop.Generators.Model;
using Microsoft.CodeAnalysis;

namespace ActorShop.Generators.Parsing;

/// <summary>From the symbol of a grain interface to what is generated for it.</summary>
/// <remarks>
/// The generator passes no <c>report</c> and takes what can be generated; the analyzer passes one and takes the complaints.
/// So both always agree, and a complaint can be suppressed where it stands.
/// </remarks>
internal static class InterfaceParser
{
    // The markers of the programming model have no methods and are never called through.
    private static readonly HashSet<string> Markers = new(StringComparer.Ordinal)
    {
        Names.Addressable,
        Names.Observer,
        "Orleans.IGrain",
        "Orleans.IGrainWithGuidKey",
        "Orleans.IGrainWithIntegerKey",
        "Orleans.IGrainWithStringKey",
        "Orleans.IGrainWithGuidCompoundKey",
        "Orleans.IGrainWithIntegerCompoundKey",
        "Orleans.Runtime.IGrainExtension",
    };

    /// <summary>The model of a grain interface; null for any other symbol, and where an error forbids one.</summary>
    public static InterfaceModel? Parse(INamedTypeSymbol symbol, Action<Diagnostic>? report = null)
    {
        if (symbol.TypeKind != TypeKind.Interface
            || Markers.Contains(Names.Metadata(symbol))
            || !Names.Implements(symbol, Names.Addressable))
        {
            return null;
        }

        if (symbol.IsGenericType)
        {
            report?.Invoke(Diagnostic.Create(Diagnostics.Generic, Names.Location(symbol), symbol.Name));
            return null;
        }

        if (!Names.IsReachable(symbol))
        {
            report?.Invoke(Diagnostic.Create(Diagnostics.Inaccessible, Names.Location(symbol), symbol.Name));
            return null;
        }

        var methods = new List<MethodModel>();
        var valid = ParseMembers(symbol, symbol, methods, report);
        foreach (var inherited in symbol.AllInterfaces)
        {
            // What is wrong with an inherited method is said where it is declared.
            valid &= ParseMembers(inherited, symbol, methods, report: null);
        }

        return valid
            ? new InterfaceModel(
                Names.Wire(symbol)[0],
                Names.CSharp(symbol),
                Names.Identifier(symbol),
                new EquatableArray<MethodModel>(methods
                    .OrderBy(static m => m.DeclaringType, StringComparer.Ordinal)
                    .ThenBy(static m => m.Id, StringComparer.Ordinal)))
            : null;
    }

    private static bool ParseMembers(
        INamedTypeSymbol declaring, INamedTypeSymbol symbol, List<MethodModel> methods, Action<Diagnostic>? report)
    {
        var valid = true;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in declaring.GetMembers())
        {
            if (member.IsStatic || member is INamedTypeSymbol || member is IMethodSymbol { MethodKind: not MethodKind.Ordinary })
            {
                continue;
            }

            if (member is not IMethodSymbol method)
            {
                report?.Invoke(Diagnostic.Create(Diagnostics.NotAMethod, Names.Location(member), member.Name));
                valid = false;
                continue;
            }

            if (ParseMethod(method, symbol, report) is not { } parsed)
            {
                valid = false;
                continue;
            }

            if (!ids.Add(parsed.Id))
            {
                report?.Invoke(Diagnostic.Create(Diagnostics.DuplicateMethod, Names.Location(method), parsed.Id, method.Name));
                valid = false;
                continue;
            }

            methods.Add(parsed);
        }

        return valid;
    }

    private static MethodModel? ParseMethod(IMethodSymbol method, INamedTypeSymbol symbol, Action<Diagnostic>? report)
    {
        var complaints = new List<Diagnostic>();
        if (method.IsGenericMethod)
        {
            complaints.Add(Diagnostic.Create(Diagnostics.Generic, Names.Location(method), method.Name));
        }

        var (kind, result) = ParseReturn(method, complaints);
        var parameters = method.Parameters.Select(parameter => ParseParameter(parameter, method, complaints)).ToList();
        if (parameters.Count(static p => p.IsToken) > 1)
        {
            complaints.Add(Diagnostic.Create(Diagnostics.Tokens, Names.Location(method), method.Name));
        }

        var timeout = ParseTimeout(method, complaints);
        if (complaints.Count > 0)
        {
            complaints.ForEach(complaint => report?.Invoke(complaint));
            return null;
        }

        var isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingType, symbol);
        var isNear = SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, symbol.ContainingAssembly);
        var id = Names.Aliases(method).FirstOrDefault() ?? Signature(method);
        return new MethodModel(
            Names.CSharp(method.ContainingType),
            method.Name,
            id,
            Invokable(method, isNear ? method.ContainingType : symbol, isOwn || isNear ? null : Names.Identifier(method.ContainingType)),
            isOwn || !isNear,
            kind,
            Names.CSharp(method.ReturnType),
            result is null ? null : TypeFacts.Describe(result, HasImmutableResult(method)),
            Options(method, kind),
            timeout,
            new EquatableArray<ParameterModel>(parameters));
    }

    private static (ReturnKind Kind, ITypeSymbol? Result) ParseReturn(IMethodSymbol method, List<Diagnostic> complaints)
    {
        switch (Names.Metadata(method.ReturnType.OriginalDefinition))
        {
            case "System.Void" when Names.Implements(method.ContainingType, Names.Observer):
                return (ReturnKind.Void, null);
            case "System.Threading.Tasks.Task":
                return (ReturnKind.Task, null);
            case "System.Threading.Tasks.ValueTask":
                return (ReturnKind.ValueTask, null);
            case "System.Threading.Tasks.Task`1":
                return (ReturnKind.TaskOfResult, Result(method, complaints));
            case "System.Threading.Tasks.ValueTask`1":
                return (ReturnKind.ValueTaskOfResult, Result(method, complaints));
            case "System.Collections.Generic.IAsyncEnumerable`1":
                complaints.Add(Diagnostic.Create(Diagnostics.AsyncEnumerable, Names.Location(method), method.Name));
                return (ReturnKind.Task, null);
            default:
                complaints.Add(Diagnostic.Create(
                    Diagnostics.ReturnType, Names.Location(method), method.Name, method.ReturnType.ToDisplayString()));
                return (ReturnKind.Task, null);
        }
    }

    private static ITypeSymbol Result(IMethodSymbol method, List<Diagnostic> complaints)
    {
        var result = ((INamedTypeSymbol)method.ReturnType).TypeArguments[0];
        Check(result, "the result of " + method.Name, method, complaints);
        return result;
    }

    private static ParameterModel ParseParameter(IParameterSymbol parameter, IMethodSymbol method, List<Diagnostic> complaints)
    {
        var isToken = Names.Is(parameter.Type, Names.CancellationToken);
        if (parameter.RefKind != RefKind.None)
        {
            complaints.Add(Diagnostic.Create(Diagnostics.ByReference, Names.Location(parameter), parameter.Name, method.Name));
        }
        else if (!isToken)
        {
            Check(parameter.Type, parameter.Name, parameter, complaints);
        }

        return new ParameterModel(
            parameter.Ordinal, TypeFacts.Describe(parameter.Type, isToken || Names.Has(parameter, Names.Immutable)), isToken);
    }

    private static void Check(ITypeSymbol type, string what, ISymbol where, List<Diagnostic> complaints)
    {
        if (TypeFacts.FindUnsupported(type) is { } unsupported)
        {
            complaints.Add(Diagnostic.Create(Diagnostics.CannotCross, Names.Location(where), what, unsupported.ToDisplayString()));
        }
    }

    private static long? ParseTimeout(IMethodSymbol method, List<Diagnostic> complaints)
    {
        if (Names.Find(method, Names.ResponseTimeout) is not { } attribute)
        {
            return null;
        }

        if (TimeSpan.TryParse(Names.Argument(attribute) as string, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero)
        {
            return timeout.Ticks;
        }

        complaints.Add(Diagnostic.Create(Diagnostics.Timeout, Names.Location(method), Names.Argument(attribute)));
        return null;
    }

    private static bool HasImmutableResult(IMethodSymbol method) =>
        method.GetReturnTypeAttributes().Any(static a => Names.Is(a.AttributeClass, Names.Immutable));

    private static string? Options(IMethodSymbol method, ReturnKind kind)
    {
        var options = new List<string>();
        if (Names.Has(method, Names.ReadOnly))
        {
            options.Add("ReadOnly");
        }

        if (Names.Has(method, Names.AlwaysInterleave))
        {
            options.Add("AlwaysInterleave");
        }

        // Nobody can wait for a method that hands back nothing.
        if (kind == ReturnKind.Void || Names.Has(method, Names.OneWay))
        {
            options.Add("OneWay");
        }

        return options.Count == 0 ? null : string.Join("|", options);
    }

    // A token may be added to a method without making another method of it: it never travels.
    private static string Signature(IMethodSymbol method) =>
        $"{method.Name}({string.Join(",", method.Parameters.Where(static p => !Names.Is(p.Type, Names.CancellationToken)).Select(static p => Names.Plain(p.Type)))})";

    // Overloads are told apart by their order among the methods of that name, which is that of their ids.
    private static string Invokable(IMethodSymbol method, INamedTypeSymbol owner, string? declaring)
    {
        var overloads = method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .OrderBy(Signature, StringComparer.Ordinal)
            .ToList();
        var index = overloads.FindIndex(other => SymbolEqualityComparer.Default.Equals(other, method));
        var suffix = overloads.Count == 1 ? "" : $"_{index.ToString(CultureInfo.InvariantCulture)}";
        return $"{Names.Identifier(owner)}_{(declaring is null ? "" : declaring + "_")}{method.Name}{suffix}";
    }
}
