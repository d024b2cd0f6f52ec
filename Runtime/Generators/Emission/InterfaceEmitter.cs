using ActorShop.Generators.Model;

namespace ActorShop.Generators.Emission;

/// <summary>Writes the reference of an interface and what it is made by.</summary>
internal static class InterfaceEmitter
{
    public const string Invocation = "global::ActorShop.Runtime.Invocation";

    public static string Emit(InterfaceModel model, string space)
    {
        var writer = new SourceWriter();
        writer.Line();
        writer.Line($"namespace {space};");

        var copied = model.Methods.SelectMany(static method => method.Parameters
            .Select(static parameter => parameter.Value)
            .Concat(method.Result is null ? [] : [method.Result])
            .Where(static value => !value.IsImmutable));
        var codecs = new CodecSet(copied, "_codecs.");
        EmitReference(writer, model, codecs);
        EmitFactory(writer, model, codecs);
        foreach (var method in model.Methods.Where(static m => m.IsOwn))
        {
            InvokableEmitter.Emit(writer, model, method);
        }

        return writer.ToString();
    }

    private static void EmitReference(SourceWriter writer, InterfaceModel model, CodecSet codecs)
    {
        var name = $"{model.Identifier}_Reference";
        writer.OpenType($"internal sealed class {name} : global::Orleans.Runtime.GrainReference, {model.Type}");
        if (codecs.IsEmpty)
        {
            writer.Open($"public {name}({Invocation}.GrainReferenceSeed seed) : base(seed)");
        }
        else
        {
            writer.Line($"private readonly {model.Identifier}_Codecs _codecs;");
            writer.Line();
            writer.Open($"public {name}({Invocation}.GrainReferenceSeed seed, {model.Identifier}_Codecs codecs) : base(seed)");
            writer.Line("_codecs = codecs;");
        }

        writer.Close();
        writer.Line();
        writer.Line($"public override string InterfaceName => {SourceWriter.Quote(model.Name)};");
        foreach (var method in model.Methods)
        {
            EmitCall(writer, method, codecs);
        }

        writer.Close();
    }

    private static void EmitCall(SourceWriter writer, MethodModel method, CodecSet codecs)
    {
        // Explicit, so that no name of a contract can clash with one of the base class.
        var parameters = method.Parameters.Select(static p => $"{p.Value.Type} {p.Name}");
        writer.Line();
        writer.Open($"{method.ReturnType} {method.DeclaringType}.{method.Name}({string.Join(", ", parameters)})");
        writer.Line($"var request = new {method.Invokable}({(method.CopiesResult ? codecs.Of(method.Result!) : "")});");
        foreach (var parameter in method.Parameters)
        {
            writer.Line($"request.{parameter.Field} = {parameter.Value.Copy(parameter.Name, codecs.Of(parameter.Value))};");
        }

        writer.Line(method.Kind switch
        {
            ReturnKind.Void => "_ = Runtime.InvokeAsync(this, request);",
            ReturnKind.ValueTask or ReturnKind.ValueTaskOfResult => $"return new {method.ReturnType}(Runtime.InvokeAsync(this, request));",
            _ => "return Runtime.InvokeAsync(this, request);",
        });
        writer.Close();
    }

    // The references of one engine share their codecs; in a test several engines may live in one process.
    private static void EmitFactory(SourceWriter writer, InterfaceModel model, CodecSet codecs)
    {
        writer.OpenType($"internal sealed class {model.Identifier}_Factory");
        var create = $"public global::Orleans.Runtime.GrainReference Create({Invocation}.GrainReferenceSeed seed)";
        if (codecs.IsEmpty)
        {
            writer.Line($"{create} => new {model.Identifier}_Reference(seed);");
        }
        else
        {
            writer.Line($"private {model.Identifier}_Codecs? _codecs;");
            writer.Line();
            writer.Open(create);
            writer.Line("var codecs = _codecs;");
            writer.Open("if (codecs is null || !ReferenceEquals(codecs.Provider, seed.Runtime.Codecs))");
            writer.Line($"_codecs = codecs = new {model.Identifier}_Codecs(seed.Runtime.Codecs);");
            writer.Close();
            writer.Line();
            writer.Line($"return new {model.Identifier}_Reference(seed, codecs);");
            writer.Close();
        }

        writer.Close();
        if (!codecs.IsEmpty)
        {
            writer.OpenType($"internal sealed class {model.Identifier}_Codecs({CodecSet.Provider} provider)");
            codecs.Write(writer, "public");
            writer.Line($"public {CodecSet.Provider} Provider => provider;");
            writer.Close();
        }
    }
}
