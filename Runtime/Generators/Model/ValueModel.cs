namespace ActorShop.Generators.Model;

/// <summary>How a value of some type is written, read and copied.</summary>
/// <param name="Type">The type as declared, annotations included.</param>
/// <param name="CodecType">The type whose codec is asked for: without an outer annotation.</param>
/// <param name="Inline">The suffix of the writer's and reader's own method (<c>Int32</c>), or null where a codec is needed.</param>
/// <param name="Cast">The number an enumeration is cast to, or null.</param>
/// <param name="IsImmutable">Whether copies may be left out.</param>
internal sealed record ValueModel(string Type, string CodecType, string? Inline, string? Cast, bool IsImmutable)
{
    public bool NeedsCodec => Inline is null || !IsImmutable;

    public string Write(string id, string value, string codec) => this switch
    {
        { Inline: null } => $"{codec}.WriteField(ref writer, {id}, {value}!);",
        { Cast: { } cast } => $"writer.Write{Inline}({id}, ({cast}){value});",
        _ => $"writer.Write{Inline}({id}, {value});",
    };

    public string Read(string codec) => this switch
    {
        { Inline: null } => $"{codec}.ReadValue(ref reader, tag)",
        { Cast: not null } => $"({CodecType})reader.Read{Inline}(tag)",
        { Inline: "String" } => "reader.ReadString(tag)!",
        _ => $"reader.Read{Inline}(tag)",
    };

    public string Copy(string value, string codec) => IsImmutable ? value : $"{codec}.Copy({value}!)";
}
