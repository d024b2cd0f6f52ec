using System.Globalization;

namespace ActorShop.Chaos.Faults;

/// <summary>A planned fault.</summary>
/// <param name="Gap">The pause before it.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Target">The name of the process.</param>
/// <param name="Length">Its length; for a stop, the time until the restart.</param>
/// <param name="Cut">The kind of a <see cref="FaultKind.Cut"/>.</param>
internal sealed record PlannedFault(TimeSpan Gap, FaultKind Kind, string Target, TimeSpan Length, CutKind? Cut = null)
{
    /// <summary>The fault in words.</summary>
    public string Description
    {
        get
        {
            var seconds = string.Create(CultureInfo.InvariantCulture, $"{Length.TotalSeconds:N1} s");
            return Kind switch
            {
                FaultKind.Kill => $"kill -9 {Target}, restarted after {seconds}",
                FaultKind.Pause => $"SIGSTOP {Target} for {seconds}",
                FaultKind.Stop => $"SIGTERM {Target}, restarted after {seconds}",
                FaultKind.Database => $"PostgreSQL stopped, restarted after {seconds}",
                _ => $"{Target}: {Word(Cut)}, for {seconds}",
            };
        }
    }

    private static string Word(CutKind? cut) => cut switch
    {
        CutKind.Reset => "all its connections are reset, four times",
        CutKind.Refused => "it refuses connections",
        CutKind.OneWay => "it receives nothing, and others receive from it",
        CutKind.Silent => "it receives nothing, and its answers do not arrive",
        CutKind.NoDatabase => "it cannot connect to the database",
        CutKind.SilentDatabase => "it receives nothing from the database",
        _ => "everything arrives late",
    };
}
