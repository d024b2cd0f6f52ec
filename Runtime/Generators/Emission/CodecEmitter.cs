using System.Globalization;
using ActorShop.Generators.Model;

namespace ActorShop.Generators.Emission;

/// <summary>Writes the codec of one serializable type.</summary>
internal static class CodecEmitter
{
    public const string Serialization = "global::ActorShop.Runtime.Serialization";

    private const string Writer = $"ref {Serialization}.WireWriter writer";
    private const string Reader = $"ref {Serialization}.WireReader reader";

    /// <summary>The codec's source; null where the runtime has one for every such type.</summary>
    public static string? Emit(SerializableModel model, string space)
    {
        if (model.Creation == Creation.Enum)
        {
            return null;
        }

        var writer = new SourceWriter();
        var codecs = new CodecSet(model.Members.Select(static m => m.Value));
        var isWhole = model.IsStruct || model.Creation == Creation.Primary;
        var parent = isWhole ? "Codec" : "ObjectCodec";
        writer.Line();
        writer.Line($"namespace {space};");
        writer.OpenType($"internal sealed class {model.Identifier}_Codec{model.TypeParameters}({CodecSet.Provider} provider) : {Serialization}.{parent}<{model.Type}>{model.Constraints}");
        codecs.Write(writer, "private");

        if (codecs.IsEmpty && model.BaseType is null)
        {
            // The constructors of all codecs are alike; here nothing else uses the parameter.
            writer.Line($"public {CodecSet.Provider} Provider => provider;");
        }

        if (isWhole || model.Immutability is not "false")
        {
            writer.Line($"public override bool IsImmutable => {model.Immutability};");
        }

        if (isWhole)
        {
            EmitWhole(writer, model, codecs);
        }
        else
        {
            EmitLevel(writer, model, codecs);
        }

        EmitAccessors(writer, model);
        writer.Close();
        return writer.ToString();
    }

    // A struct, or a record made by its constructor: values are built in one go and have no base class.
    private static void EmitWhole(SourceWriter writer, SerializableModel model, CodecSet codecs)
    {
        writer.Line();
        writer.Open($"public override void WriteField({Writer}, uint fieldId, {model.Type} value)");
        EmitNullCheck(writer, model, "value is null", "writer.WriteNull(fieldId);", "return;");
        writer.Line("writer.StartObject(fieldId);");
        EmitWrites(writer, model, codecs);
        writer.Line("writer.EndObject();");
        writer.Close();
        writer.Line();
        writer.Open($"public override {model.Type} ReadValue({Reader}, {Serialization}.WireTag tag)");
        EmitNullCheck(writer, model, "tag.IsNull", "return null!;");
        writer.Line("reader.StartObject(tag);");
        if (model.Creation == Creation.Primary)
        {
            foreach (var (member, index) in model.Members.Select(static (m, i) => (m, i)))
            {
                writer.Line($"{member.Value.Type} member{Number(index)} = default!;");
            }

            EmitReads(writer, model, codecs, static (_, index) => $"member{Number(index)}");
            writer.Line();
            var arguments = model.Members
                .Select(static (member, index) => (member.Position, Name: $"member{Number(index)}"))
                .OrderBy(static argument => argument.Position)
                .Select(static argument => argument.Name);
            writer.Line($"return new {model.Type}({string.Join(", ", arguments)});");
        }
        else
        {
            writer.Line($"{model.Type} value = default;");
            EmitReads(writer, model, codecs, (member, _) => Target(model, member, "value"));
            writer.Line();
            writer.Line("return value;");
        }

        writer.Close();
        EmitCopy(writer, model, codecs);
    }

    private static void EmitCopy(SourceWriter writer, SerializableModel model, CodecSet codecs)
    {
        writer.Line();
        if (model.Immutability is "true")
        {
            writer.Line($"public override {model.Type} Copy({model.Type} value) => value;");
            return;
        }

        writer.Open($"public override {model.Type} Copy({model.Type} value)");
        EmitNullCheck(writer, model, "value is null", "return null!;");
        if (model.Creation == Creation.Primary)
        {
            if (!model.IsStruct)
            {
                // A cycle would end in a stack overflow, which takes the process with it.
                writer.Line("global::System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();");
            }

            var arguments = model.Members.OrderBy(static m => m.Position).Select(m => m.Value.Copy(Source(model, m, "value"), codecs.Of(m.Value)));
            writer.Line($"return new {model.Type}({string.Join(", ", arguments)});");
        }
        else
        {
            writer.Line("var copy = value;");
            foreach (var member in model.Members.Where(static m => !m.Value.IsImmutable))
            {
                EmitSet(writer, Target(model, member, "copy"), member.Value.Copy(Source(model, member, "value"), codecs.Of(member.Value)), member);
            }

            writer.Line("return copy;");
        }

        writer.Close();
    }

    // A class that others may derive from: its members are one level of the object.
    private static void EmitLevel(SourceWriter writer, SerializableModel model, CodecSet codecs)
    {
        if (model.BaseType is { } parent)
        {
            writer.Line($"private {Serialization}.ObjectCodec<{parent}>? _base;");
            writer.Line($"private {Serialization}.ObjectCodec<{parent}> Base => _base ??= provider.GetBaseCodec<{parent}>();");
        }

        writer.Line();
        writer.Open($"public override void WriteMembers({Writer}, {model.Type} value)");
        if (model.BaseType is not null)
        {
            writer.Line("writer.StartObject(0);");
            writer.Line("Base.WriteMembers(ref writer, value);");
            writer.Line("writer.EndObject();");
        }

        EmitWrites(writer, model, codecs);
        writer.Close();
        writer.Line();
        writer.Open($"public override void ReadMembers({Reader}, {model.Type} value)");
        writer.Line($"{Serialization}.WireTag tag;");
        EmitReads(writer, model, codecs, (member, _) => Target(model, member, "value"));
        writer.Close();
        writer.Line();
        writer.Open($"public override void CopyMembers({model.Type} source, {model.Type} target)");
        if (model.BaseType is not null)
        {
            writer.Line("Base.CopyMembers(source, target);");
        }

        foreach (var member in model.Members)
        {
            EmitSet(writer, Target(model, member, "target"), member.Value.Copy(Source(model, member, "source"), codecs.Of(member.Value)), member);
        }

        writer.Close();
        writer.Line();
        writer.Line(model.Creation switch
        {
            Creation.Abstract => $"protected override {model.Type} Create() => throw new global::System.InvalidOperationException(\"The class is abstract.\");",
            Creation.Parameterless => $"protected override {model.Type} Create() => new {model.Type}();",
            _ => $"protected override {model.Type} Create() => ({model.Type})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({model.Type}));",
        });
    }

    private static void EmitWrites(SourceWriter writer, SerializableModel model, CodecSet codecs)
    {
        foreach (var member in model.Members)
        {
            writer.Line(member.Value.Write(Number(member.WireId), Source(model, member, "value"), codecs.Of(member.Value)));
        }
    }

    private static void EmitReads(SourceWriter writer, SerializableModel model, CodecSet codecs, Func<MemberModel, int, string> target)
    {
        writer.Open("while (reader.TryReadMember(out tag))");
        writer.Open("switch (tag.FieldId)");
        if (model.BaseType is not null)
        {
            writer.Line("case 0: reader.StartObject(tag); Base.ReadMembers(ref reader, value); break;");
        }

        foreach (var (member, index) in model.Members.Select(static (m, i) => (m, i)))
        {
            var read = member.Value.Read(codecs.Of(member.Value));
            var set = model.Creation == Creation.Primary ? $"{target(member, index)} = {read};" : Set(target(member, index), read, member);
            writer.Line($"case {Number(member.WireId)}: {set} break;");
        }

        writer.Line("default: reader.Skip(tag); break;");
        writer.Close();
        writer.Close();
    }

    private static void EmitNullCheck(SourceWriter writer, SerializableModel model, string condition, params string[] then)
    {
        if (model.IsStruct)
        {
            return;
        }

        writer.Open($"if ({condition})");
        foreach (var line in then)
        {
            writer.Line(line);
        }

        writer.Close();
        writer.Line();
    }

    private static string Source(SerializableModel model, MemberModel member, string value) => member.Getter switch
    {
        Access.Direct => $"{value}.{Escape(member.Name)}",
        Access.Field => $"Field_{Number(member.WireId)}({Reference(model)}{value})",
        _ => $"Get_{Number(member.WireId)}({Reference(model)}{value})",
    };

    private static string Target(SerializableModel model, MemberModel member, string value) => member.Setter switch
    {
        Access.Direct => $"{value}.{Escape(member.Name)}",
        Access.Field => $"Field_{Number(member.WireId)}({Reference(model)}{value})",
        _ => $"Set_{Number(member.WireId)}({Reference(model)}{value}, ",
    };

    private static string Set(string target, string value, MemberModel member) =>
        member.Setter == Access.Accessor ? $"{target}{value});" : $"{target} = {value};";

    private static void EmitSet(SourceWriter writer, string target, string value, MemberModel member) =>
        writer.Line(Set(target, value, member));

    // Past accessibility without reflection: the runtime binds these to the members themselves.
    private static void EmitAccessors(SourceWriter writer, SerializableModel model)
    {
        const string Kind = "global::System.Runtime.CompilerServices.UnsafeAccessorKind";
        foreach (var member in model.Members)
        {
            var isMade = model.Creation == Creation.Primary;
            if (member.Getter == Access.Field || (member.Setter == Access.Field && !isMade))
            {
                Emit("Field", member.FieldName, $"ref {member.Value.Type} Field_{Number(member.WireId)}({Reference(model)}{model.Type} target)");
            }

            if (member.Getter == Access.Accessor)
            {
                Emit("Method", $"get_{member.Name}", $"{member.Value.Type} Get_{Number(member.WireId)}({Reference(model)}{model.Type} target)");
            }

            if (member.Setter == Access.Accessor && !isMade)
            {
                Emit("Method", $"set_{member.Name}", $"void Set_{Number(member.WireId)}({Reference(model)}{model.Type} target, {member.Value.Type} value)");
            }
        }

        void Emit(string kind, string name, string signature)
        {
            writer.Line();
            writer.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor({Kind}.{kind}, Name = {SourceWriter.Quote(name)})]");
            writer.Line($"private static extern {signature};");
        }
    }

    private static string Reference(SerializableModel model) => model.IsStruct ? "ref " : "";

    private static string Escape(string name) => $"@{name}";

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
