using System.Globalization;

namespace ActorShop.Chaos.Faults;

/// <summary>One thing that is to be done to a cluster.</summary>
/// <param name="Gap">How long everything is left alone before it.</param>
/// <param name="Kind">What.</param>
/// <param name="Target">To whom, by name.</param>
/// <param name="Length">For how long; of a stop, how long the process stays away.</param>
/// <param name="Cut">With <see cref="FaultKind.Cut"/>, how.</param>
internal sealed record PlannedFault(TimeSpan Gap, FaultKind Kind, string Target, TimeSpan Length, CutKind? Cut = null)
{
    /// <summary>In words.</summary>
    public string Description
    {
        get
        {
            var seconds = string.Create(CultureInfo.InvariantCulture, $"{Length.TotalSeconds:N1} s");
            return Kind switch
            {
                FaultKind.Kill => $"kill -9 {Target}, started again after {seconds}",
                FaultKind.Pause => $"SIGSTOP {Target} for {seconds}",
                FaultKind.Stop => $"SIGTERM {Target}, started again after {seconds}",
                FaultKind.Database => $"PostgreSQL ended, started again after {seconds}",
                _ => $"{Target}: {Word(Cut)}, for {seconds}",
            };
        }
    }

    private static string Word(CutKind? cut) => cut switch
    {
        CutKind.Reset => "all its connections reset, four times over",
        CutKind.Refused => "nobody can connect to it",
        CutKind.OneWay => "hears nobody, and is heard",
        CutKind.Silent => "hears nobody, and nobody hears its answers",
        CutKind.NoDatabase => "cannot connect to the database",
        CutKind.SilentDatabase => "hears nothing from the database",
        _ => "everything late",
    };
}
