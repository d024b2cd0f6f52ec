using System.Globalization;

namespace ActorShop.Chaos.Faults;

internal sealed record PlannedFault(TimeSpan Gap, FaultKind Kind, string Target, TimeSpan Length, CutKind? Cut = null)
{
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
