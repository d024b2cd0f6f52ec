using System.Diagnostics;
using ActorShop.Cli.Testing;
using ActorShop.Cluster;

namespace ActorShop.Chaos.Clusters;

/// <summary>Goal: a signal reaches the process that was meant and no other. Method: real processes that sleep.</summary>
public sealed class ProcessControlTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Scratch _scratch = new();
    private readonly List<ProcessMark> _started = [];

    [Fact]
    public async Task Process_RunsPausesResumesAndEnds()
    {
        var process = Start("sleep", "1000");
        process.Look().ShouldBe(ProcessCondition.Running);

        ProcessControl.Send(process, UnixSignal.Stop).ShouldBeTrue();
        await UntilAsync(process, ProcessCondition.Paused);
        ProcessControl.Send(process, UnixSignal.Continue).ShouldBeTrue();
        await UntilAsync(process, ProcessCondition.Running);

        ProcessControl.Send(process, UnixSignal.Kill).ShouldBeTrue();
        (await ProcessControl.WaitForEndAsync(process, Patience, TimeProvider.System, CancellationToken.None)).ShouldBeTrue();
        ProcessControl.Send(process, UnixSignal.Kill).ShouldBeFalse();
    }

    [Fact]
    public void Process_ThatGotTheIdOfAnother_IsLeftAlone()
    {
        var process = Start("sleep", "1000");
        var former = process with { Began = process.Began - 1 };

        ProcessControl.Send(former, UnixSignal.Kill).ShouldBeFalse();

        process.Look().ShouldBe(ProcessCondition.Running);
    }

    [Fact]
    public async Task Process_HasASessionOfItsOwn_AndWritesToItsLog()
    {
        var process = Start("sh", "-c", "echo out; echo \"$WORD\" >&2; cut -d' ' -f6 /proc/$$/stat; pwd; read line || echo no input");

        await ProcessControl.WaitForEndAsync(process, Patience, TimeProvider.System, CancellationToken.None);

        File.ReadAllLines(_scratch["log"]).ShouldBe(
            ["out", "of the environment", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), _scratch["work"], "no input"]);
    }

    [Fact]
    public async Task Process_ThatDoesNotListen_IsNotWaitedForForEver()
    {
        var process = Start("sh", "-c", "trap '' TERM; echo deaf; exec sleep 1000");
        while (new FileInfo(_scratch["log"]) is not { Exists: true, Length: > 0 })
        {
            await Task.Yield();
        }

        ProcessControl.Send(process, UnixSignal.Terminate);

        (await ProcessControl.WaitForEndAsync(process, TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public void Mark_OfNoProcess_IsNothing() => ProcessMark.Of(int.MaxValue).ShouldBeNull();

    public void Dispose()
    {
        _started.ForEach(static process => ProcessControl.Send(process, UnixSignal.Kill));
        _scratch.Dispose();
    }

    private static async Task UntilAsync(ProcessMark process, ProcessCondition condition)
    {
        var watch = Stopwatch.StartNew();
        while (process.Look() != condition)
        {
            watch.Elapsed.ShouldBeLessThan(Patience);
            await Task.Yield();
        }
    }

    private ProcessMark Start(params string[] command)
    {
        var process = ProcessControl.Start(new Launch(
            command, new Dictionary<string, string>(StringComparer.Ordinal) { ["WORD"] = "of the environment" }, _scratch["work"], _scratch["log"]));
        _started.Add(process);
        return process;
    }
}
