using ActorShop.Cli.Testing;

namespace ActorShop.Chaos;

public sealed class BenchTests
{
    [Theory]
    [InlineData("")]
    [InlineData("cluster")]
    [InlineData("cluster up --silos 0")]
    [InlineData("cluster up --set nothing")]
    [InlineData("cluster up --programs nowhere")]
    [InlineData("cluster add postgres")]
    [InlineData("cluster kill")]
    [InlineData("run --faults flood")]
    [InlineData("failover --kinds flood")]
    public async Task WrongUsage_IsOneLineOfError_AndTwo(string commandLine)
    {
        var run = await ToolRun.Of(Bench.RunAsync, commandLine);

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("error: ");
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("cluster --help")]
    [InlineData("cluster up --help")]
    [InlineData("run --help")]
    public async Task Help_NamesTheExitCodes(string commandLine)
    {
        var run = await ToolRun.Of(Bench.RunAsync, commandLine);

        run.ExitCode.ShouldBe(ExitCode.Fine);
        run.Output.ShouldContain(ExitCode.Description);
    }
}
