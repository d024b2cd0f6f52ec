using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActorShop;

/// <summary>Goal: what any build has stored, every later build reads.</summary>
/// <remarks>
/// Method: each head and each event of the shop is filled by <see cref="Samples"/>, written, read and written again. Its form is kept in
/// <c>Fixtures/</c>. When a form changes on purpose, the old file stays under a number (<c>x.1.json</c>) and
/// <c>ACTORSHOP_APPROVE=1 dotnet test</c> writes the new one beside it; all of them must go on being read.
/// </remarks>
[Trait("Suite", "Unit")]
public sealed class StoredFormTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. Samples.Heads.Concat(Samples.Events).Select(NameOf)];

    [Theory]
    [MemberData(nameof(Names))]
    public void StoredForm_SurvivesARoundTrip(string name)
    {
        var written = Write(name);

        JsonSerializer.Serialize(Read(name, written), Samples.HierarchyOf(TypeOf(name)), ShopJson.Options).ShouldBe(written);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StoredForm_IsTheApprovedOne(string name)
    {
        var form = JsonNode.Parse(Write(name))!.ToJsonString(Readable) + "\n";
        var path = Path.Combine(Folder(), name + ".json");
        if (Environment.GetEnvironmentVariable("ACTORSHOP_APPROVE") is "1")
        {
            File.WriteAllText(path, form);
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: a new stored type brings its fixture.");
        form.ShouldBe(File.ReadAllText(path));
    }

    [Fact]
    public void OldFixtures_AreRead()
    {
        var files = Directory.GetFiles(Folder(), "*.json");

        files.ShouldNotBeEmpty();
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var type = name[..(char.IsAsciiDigit(name[^1]) && name.LastIndexOf('.') is > 0 and var dot ? dot : name.Length)];
            Should.NotThrow(() => Read(type, File.ReadAllText(file)), file);
        }
    }

    [Fact]
    public void Members_InAnyOrder_AreRead() =>
        JsonSerializer.Deserialize<IdempotencyEvent>("""{"x":1,"kind":"forgotten"}""", ShopJson.Options)
            .ShouldBeOfType<IdempotencyEvent.Forgotten>();

    [Fact]
    public void Dictionaries_AreReadAsOrdinal()
    {
        var read = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, int>>("""{"b":1,"B":2,"a":3}""", ShopJson.Options)!;

        read.Keys.ShouldBe(["B", "a", "b"]);
        read.KeyComparer.ShouldBe(StringComparer.Ordinal);
    }

    private static string Write(string name) =>
        JsonSerializer.Serialize(Samples.Of(TypeOf(name)), Samples.HierarchyOf(TypeOf(name)), ShopJson.Options);

    private static object Read(string name, string json) =>
        JsonSerializer.Deserialize(json, Samples.HierarchyOf(TypeOf(name)), ShopJson.Options)!;

    private static Type TypeOf(string name) =>
        Samples.Heads.Concat(Samples.Events).Single(type => string.Equals(NameOf(type), name, StringComparison.Ordinal));

    private static string NameOf(Type type) => typeof(IEvent).IsAssignableFrom(type)
        ? ((AliasAttribute)Attribute.GetCustomAttribute(type, typeof(AliasAttribute), inherit: false)!).Alias
        : $"head.{type.Name}";

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "Fixtures");
}
