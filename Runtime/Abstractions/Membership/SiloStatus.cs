namespace Orleans.Runtime;

/// <summary>How far a silo's life has come; the numbers are those of the membership table.</summary>
public enum SiloStatus
{
    /// <summary>Unknown to the table.</summary>
    None = 0,

    /// <summary>Made, and not in the table yet.</summary>
    Created = 1,

    /// <summary>In the table, and not yet serving.</summary>
    Joining = 2,

    /// <summary>A member: it serves.</summary>
    Active = 3,

    /// <summary>Leaving in order: it places nothing new and hands over what it has.</summary>
    ShuttingDown = 4,

    /// <summary>Leaving at once.</summary>
    Stopping = 5,

    /// <summary>Gone, by its own word or because its lease is over. It never comes back under the same generation.</summary>
    Dead = 6,
}

/// <summary>Questions to a status.</summary>
public static class SiloStatusExtensions
{
    /// <summary>Whether the silo is leaving or gone.</summary>
    public static bool IsTerminating(this SiloStatus siloStatus) =>
        siloStatus is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead;
}
