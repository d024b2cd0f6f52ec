using System.Globalization;

namespace ActorShop.Cluster;

/// <summary>The identity of a process: its id, and its start time in ticks since the machine started. The kernel uses an id again.</summary>
internal readonly record struct ProcessMark(int Id, long Began)
{
    // Fields of /proc/<id>/stat, counted after the name of the program, which may hold anything.
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int UserTimeField = 11;
    private const int BeganField = 19;

    public static ProcessMark? Of(int id) =>
        Read(id) is { } fields ? new ProcessMark(id, long.Parse(fields[BeganField], CultureInfo.InvariantCulture)) : null;

    public ProcessCondition Look() =>
        Read(Id) is not { } fields || !string.Equals(fields[BeganField], Began.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? ProcessCondition.Gone
            : fields[StateField] switch
            {
                "Z" or "X" => ProcessCondition.Gone,
                "T" or "t" => ProcessCondition.Paused,
                _ => ProcessCondition.Running,
            };

    /// <summary>The processor time of the process and of its children that live.</summary>
    public TimeSpan ProcessorTime() =>
        TimeSpan.FromMilliseconds(10 * Children().Append(this).Sum(static process => Read(process.Id) is { } fields
            ? fields[UserTimeField..(UserTimeField + 2)].Sum(static ticks => long.Parse(ticks, CultureInfo.InvariantCulture))
            : 0));

    public IReadOnlyList<ProcessMark> Children()
    {
        var parent = Id.ToString(CultureInfo.InvariantCulture);
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(static folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && Read(id) is { } fields && string.Equals(fields[ParentField], parent, StringComparison.Ordinal))
                .Select(Of)
                .OfType<ProcessMark>(),
        ];
    }

    private static string[]? Read(int id)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // The process has ended.
            return null;
        }
    }
}
