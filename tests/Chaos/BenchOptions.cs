using System.CommandLine;
using ActorShop.Cli.Commands;

namespace ActorShop.Chaos;

/// <summary>Options that several commands of the bench have.</summary>
internal static class BenchOptions
{
    public static Option<int> Silos(int from = 2, int to = 9) => Number("--silos", "Silos", from, to, 3);

    public static Option<int> Apis(int to = 9) => Number("--apis", "APIs", 1, to, 2);

    public static Option<string?> Report() => File("--report", "Write the result as Markdown.", "file.md");

    public static Option<string?> Folder() => File("--folder", "The folder of data, logs and journals. Default: a temporary one, deleted at the end, or if every check passes.", "folder");

    public static Option<string?> Programs() =>
        File("--programs", "A folder of built programs, such as artifacts/bin. Default: the build of this clone, which is built if needed.", "folder");

    /// <summary>A list of words, such as <c>kill,pause</c>. Default: all.</summary>
    public static Option<string> Kinds<TKind>(string name)
        where TKind : struct, Enum
    {
        var all = string.Join(',', Enum.GetNames<TKind>()).ToLowerInvariant();
        var option = new Option<string>(name) { Description = $"Any of {all}.", DefaultValueFactory = _ => all, HelpName = "kinds" };
        option.Validators.Add(static result => Words.Read<TKind>(result.GetValueOrDefault<string>(), result.AddError));
        return option;
    }

    public static Option<int> Number(string name, string description, int from, int to, int value)
    {
        var option = new Option<int>(name) { Description = $"{description}, {from} to {to}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result => ToolOption.CheckRange(result, from, to));
        return option;
    }

    public static Option<TimeSpan> Time(string name, string description, TimeSpan value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        CustomParser = static result => ToolOption.ParseSpan(result.Tokens[0].Value, result.AddError),
        HelpName = "time",
    };

    public static Option<string?> File(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
