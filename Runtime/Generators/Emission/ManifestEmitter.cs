using ActorShop.Generators.Model;

namespace ActorShop.Generators.Emission;

/// <summary>Writes the table of contents of an assembly.</summary>
internal static class ManifestEmitter
{
    public static string Emit(
        IEnumerable<InterfaceModel> interfaces, IEnumerable<SerializableModel> types, IEnumerable<string> grainClasses, string space)
    {
        var writer = new SourceWriter();
        writer.Line();
        writer.Line($"[assembly: {InterfaceEmitter.Invocation}.GrainManifest(typeof(global::{space}.Manifest))]");
        writer.Line();
        writer.Line($"namespace {space};");
        writer.OpenType($"internal sealed class Manifest : {InterfaceEmitter.Invocation}.GrainManifest");
        writer.Open($"public override void Describe({InterfaceEmitter.Invocation}.IGrainManifestBuilder builder)");
        foreach (var model in interfaces)
        {
            writer.Line($"builder.AddInterface<{model.Type}>({SourceWriter.Quote(model.Name)}, new {model.Identifier}_Factory().Create);");
            foreach (var method in model.Methods.Where(static m => m.IsOwn))
            {
                var codec = InvokableEmitter.NeedsProvider(method) ? "provider" : "_";
                var argument = InvokableEmitter.NeedsProvider(method) ? "provider" : "";
                writer.Line($"builder.AddInvokable<{method.Invokable}>({SourceWriter.Quote(model.Name)}, {SourceWriter.Quote(method.Id)}, static {codec} => new {method.Invokable}_Codec({argument}));");
            }
        }

        foreach (var grainClass in grainClasses)
        {
            writer.Line($"builder.AddGrainClass(typeof({grainClass}));");
        }

        foreach (var model in types)
        {
            foreach (var name in model.Names.Select(SourceWriter.Quote))
            {
                writer.Line(model switch
                {
                    { OpenType: { } open } => $"builder.AddGenericCodec({name}, typeof({open}), typeof({model.Identifier}_Codec{model.OpenParameters}));",
                    { Creation: Creation.Enum } => $"builder.AddCodec<{model.Type}>({name}, static _ => new {CodecEmitter.Serialization}.EnumCodec<{model.Type}>());",
                    _ => $"builder.AddCodec<{model.Type}>({name}, static provider => new {model.Identifier}_Codec(provider));",
                });
            }
        }

        writer.Close();
        writer.Close();
        return writer.ToString();
    }
}
