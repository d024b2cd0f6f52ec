using System.Globalization;

namespace ActorShop.Cluster;

/// <summary>A process that is known again later: its id, and when it began. An id alone may be another process's by then.</summary>
/// <param name="Id">The process id.</param>
/// <param name="Began">When it began, in the kernel's ticks since the machine did.</param>
internal readonly record struct ProcessMark(int Id, long Began)
{
    // Fields of /proc/<id>/stat, counted after the name of the program, which may hold anything.
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int BeganField = 19;

    /// <summary>The process of this id as it is now; null where there is none.</summary>
    public static ProcessMark? Of(int id) =>
        Read(id) is { } fields ? new ProcessMark(id, long.Parse(fields[BeganField], CultureInfo.InvariantCulture)) : null;

    /// <summary>What became of it.</summary>
    public ProcessCondition Look() =>
        Read(Id) is not { } fields || !string.Equals(fields[BeganField], Began.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ? ProcessCondition.Gone
            : fields[StateField] switch
            {
                "Z" or "X" => ProcessCondition.Gone,
                "T" or "t" => ProcessCondition.Paused,
                _ => ProcessCondition.Running,
            };

    /// <summary>The processes that this one has begun and that run.</summary>
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
            // There is none, or it ended while it was read.
            return null;
        }
    }
}

/// <summary>What became of a process.</summary>
internal enum ProcessCondition
{
    /// <summary>It has ended; what the kernel may keep of it until somebody asks for its exit code does not count.</summary>
    Gone,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It is stopped by a signal and does nothing.</summary>
    Paused,
}
