using ActorShop.Cli.Commands;

namespace ActorShop.Cli.Testing;

/// <summary>One run of the tool, as a shell would see it.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static async Task<ToolRun> Of(string commandLine, Stream? input = null, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var context = new ToolContext(TextWriter.Synchronized(output), TextWriter.Synchronized(error), input ?? Stream.Null, null, TimeProvider.System);
        var code = await Tool.RunAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries), context, cancellationToken);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    public override string ToString() => $"exit {ExitCode}\n{Output}\n{Error}";
}

/// <summary>A folder of a test's own.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorshop-cli-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
