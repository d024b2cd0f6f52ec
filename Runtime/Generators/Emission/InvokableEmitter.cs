using System.Globalization;
using ActorShop.Generators.Model;

namespace ActorShop.Generators.Emission;

/// <summary>Writes one call of a method as an object, and the codec that carries it.</summary>
internal static class InvokableEmitter
{
    private const string Missing = "_ => throw new global::System.ArgumentOutOfRangeException(nameof(index))";

    public static void Emit(SourceWriter writer, InterfaceModel model, MethodModel method)
    {
        EmitInvokable(writer, model, method);
        EmitCodec(writer, method);
    }

    /// <summary>Whether the codec of the call asks for others.</summary>
    public static bool NeedsProvider(MethodModel method) => !Codecs(method).IsEmpty;

    private static CodecSet Codecs(MethodModel method)
    {
        var values = method.Parameters.Where(static p => !p.IsToken).Select(static p => p.Value);
        return new CodecSet(method.CopiesResult ? values.Concat([method.Result!]) : values);
    }

    private static void EmitInvokable(SourceWriter writer, InterfaceModel model, MethodModel method)
    {
        var parent = method.Result is null
            ? $"{InterfaceEmitter.Invocation}.VoidInvokable"
            : $"{InterfaceEmitter.Invocation}.Invokable<{method.Result.Type}>";
        var constructor = method.CopiesResult ? $"({CodecSet.TypeOf(method.Result!)} result)" : "";
        writer.OpenType($"internal sealed class {method.Invokable}{constructor} : {parent}");
        foreach (var parameter in method.Parameters)
        {
            writer.Line($"public {parameter.Value.Type} {parameter.Field} = default!;");
        }

        writer.Line("private static global::System.Reflection.MethodInfo? _method;");
        writer.Line();
        writer.Line($"public override string InterfaceName => {SourceWriter.Quote(model.Name)};");
        writer.Line($"public override string MethodId => {SourceWriter.Quote(method.Id)};");
        writer.Line($"public override string MethodName => {SourceWriter.Quote(method.Name)};");
        writer.Line($"public override global::System.Type InterfaceType => typeof({method.DeclaringType});");
        EmitMethod(writer, method);
        if (method.Options is { } options)
        {
            var flags = options.Split('|').Select(static option => $"{InterfaceEmitter.Invocation}.InvokeOptions.{option}");
            writer.Line($"public override {InterfaceEmitter.Invocation}.InvokeOptions Options => {string.Join(" | ", flags)};");
        }

        if (method.TimeoutTicks is { } ticks)
        {
            writer.Line($"public override global::System.TimeSpan? ResponseTimeout => new global::System.TimeSpan({ticks.ToString(CultureInfo.InvariantCulture)}L);");
        }

        EmitArguments(writer, method);
        EmitInvoke(writer, method);
        writer.Close();
    }

    private static void EmitMethod(SourceWriter writer, MethodModel method)
    {
        var types = method.Parameters.Select(static p => $"typeof({p.Value.CodecType})");
        writer.Line("public override global::System.Reflection.MethodInfo Method => _method ??=");
        writer.Line($"    typeof({method.DeclaringType}).GetMethod({SourceWriter.Quote(method.Name)}, new global::System.Type[] {{ {string.Join(", ", types)} }})!;");
    }

    private static void EmitArguments(SourceWriter writer, MethodModel method)
    {
        writer.Line($"public override int ArgumentCount => {method.Parameters.Count.ToString(CultureInfo.InvariantCulture)};");
        writer.Line();
        writer.Open("public override object? GetArgument(int index) => index switch");
        foreach (var parameter in method.Parameters)
        {
            writer.Line($"{parameter.Number} => {parameter.Field},");
        }

        writer.Line($"{Missing},");
        writer.Close(";");
        writer.Line();
        writer.Open("public override void SetArgument(int index, object? value)");
        writer.Open("switch (index)");
        foreach (var parameter in method.Parameters)
        {
            writer.Line($"case {parameter.Number}: {parameter.Field} = ({parameter.Value.Type})value!; break;");
        }

        writer.Line("default: throw new global::System.ArgumentOutOfRangeException(nameof(index));");
        writer.Close();
        writer.Close();
        if (method.Parameters.FirstOrDefault(static p => p.IsToken) is { } token)
        {
            writer.Line();
            writer.Line($"public override {token.Value.Type} CancellationToken => {token.Field};");
            writer.Line($"public override void SetCancellationToken({token.Value.Type} cancellationToken) => {token.Field} = cancellationToken;");
        }
    }

    private static void EmitInvoke(SourceWriter writer, MethodModel method)
    {
        var call = $"(({method.DeclaringType})target).{method.Name}({string.Join(", ", method.Parameters.Select(static p => p.Field))})";
        const string Task = "global::System.Threading.Tasks.Task";
        writer.Line();
        switch (method.Kind)
        {
            case ReturnKind.Void:
                writer.Open($"public override {Task} InvokeAsync(object target)");
                writer.Line($"{call};");
                writer.Line($"return {Task}.CompletedTask;");
                writer.Close();
                break;
            case ReturnKind.Task:
                writer.Line($"public override {Task} InvokeAsync(object target) => {call};");
                break;
            case ReturnKind.ValueTask:
                writer.Line($"public override {Task} InvokeAsync(object target) => {call}.AsTask();");
                break;
            default:
                var convert = method.Kind == ReturnKind.ValueTaskOfResult ? ".AsTask()" : "";
                var type = method.Result!.Type;
                writer.Line($"public override {Task}<{type}> InvokeAsync(object target) => {call}{convert};");
                writer.Line($"public override {type} CopyResult({type} value) => {(method.CopiesResult ? "result.Copy(value!)" : "value")};");
                break;
        }
    }

    private static void EmitCodec(SourceWriter writer, MethodModel method)
    {
        List<ParameterModel> carried = [.. method.Parameters.Where(static p => !p.IsToken)];
        var codecs = Codecs(method);
        var create = $"new {method.Invokable}({(method.CopiesResult ? codecs.Of(method.Result!) : "")})";
        var constructor = codecs.IsEmpty ? "" : $"({CodecSet.Provider} provider)";
        writer.OpenType($"internal sealed class {method.Invokable}_Codec{constructor} : {CodecEmitter.Serialization}.Codec<{method.Invokable}>");
        codecs.Write(writer, "private");
        writer.Line("public override bool IsImmutable => false;");
        writer.Line();
        writer.Open($"public override void WriteField(ref {CodecEmitter.Serialization}.WireWriter writer, uint fieldId, {method.Invokable} value)");
        writer.Line("writer.StartObject(fieldId);");
        foreach (var parameter in carried)
        {
            writer.Line(parameter.Value.Write(parameter.Number, $"value.{parameter.Field}", codecs.Of(parameter.Value)));
        }

        writer.Line("writer.EndObject();");
        writer.Close();
        writer.Line();
        writer.Open($"public override {method.Invokable} ReadValue(ref {CodecEmitter.Serialization}.WireReader reader, {CodecEmitter.Serialization}.WireTag tag)");
        writer.Line("reader.StartObject(tag);");
        writer.Line($"var value = {create};");
        writer.Open("while (reader.TryReadMember(out tag))");
        writer.Open("switch (tag.FieldId)");
        foreach (var parameter in carried)
        {
            writer.Line($"case {parameter.Number}: value.{parameter.Field} = {parameter.Value.Read(codecs.Of(parameter.Value))}; break;");
        }

        writer.Line("default: reader.Skip(tag); break;");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Line("return value;");
        writer.Close();
        writer.Line();
        writer.Open($"public override {method.Invokable} Copy({method.Invokable} value)");
        writer.Line($"var copy = {create};");
        foreach (var parameter in method.Parameters)
        {
            writer.Line($"copy.{parameter.Field} = {parameter.Value.Copy($"value.{parameter.Field}", codecs.Of(parameter.Value))};");
        }

        writer.Line("return copy;");
        writer.Close();
        writer.Close();
    }
}
