using ActorShop.Cli.Testing;
using ActorShop.Cluster;

namespace ActorShop.Cli.Tests.Databases;

/// <summary>Goal: an operator brings a database up to date, and a script learns the result from the exit code.</summary>
public sealed class DatabaseCommandTests : IAsyncLifetime
{
    private PostgresServer? _server;

    private string Connection => $"--connection {_server!.ConnectionString("postgres")};Pooling=false";

    public async Task InitializeAsync() => _server = PostgresPrograms.Absent is null ? await PostgresServer.StartNewAsync() : null;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [PostgresFact]
    public async Task Database_IsMigratedOnce()
    {
        var before = await ToolRun.Of($"database status {Connection}");
        var tried = await ToolRun.Of($"database migrate --dry-run {Connection}");
        var migrated = await ToolRun.Of($"database migrate {Connection}");
        var again = await ToolRun.Of($"database migrate {Connection}");
        var after = await ToolRun.Of($"database status {Connection}");

        before.ExitCode.ShouldBe(ExitCode.Differences, before.ToString());
        tried.ExitCode.ShouldBe(ExitCode.Fine, tried.ToString());
        tried.Output.ShouldStartWith("would apply 0001-");
        migrated.ExitCode.ShouldBe(ExitCode.Fine, migrated.ToString());
        migrated.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(static line => line.StartsWith("applied 0", StringComparison.Ordinal));
        again.ExitCode.ShouldBe(ExitCode.Fine, again.ToString());
        again.Output.ShouldBeEmpty();
        after.ExitCode.ShouldBe(ExitCode.Fine, after.ToString());
        after.Output.ShouldNotContain("pending");
    }

    [PostgresFact]
    public async Task RefusalOfTheServer_IsBadInput()
    {
        var run = await ToolRun.Of($"database migrate --connection {_server!.ConnectionString("nowhere")}");

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.ShouldStartWith("error: the database refuses: ");
    }

    [Theory]
    [InlineData("database migrate")]
    [InlineData("database migrate --connection Port=many")]
    [InlineData("database status --connection Nonsense=1")]
    public async Task MissingOrInvalidConnection_IsBadInput(string commandLine)
    {
        var run = await ToolRun.Of(commandLine);

        run.ExitCode.ShouldBe(ExitCode.BadInput, run.ToString());
        run.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("error: ");
    }

    // Nothing listens on port 9 of the loopback interface.
    [Fact]
    public async Task AbsentServer_IsUnreachable()
    {
        var run = await ToolRun.Of("database migrate --connection Host=127.0.0.1;Port=9;Database=shop;Username=shop");

        run.ExitCode.ShouldBe(ExitCode.Unreachable, run.ToString());
        run.Error.ShouldStartWith("error: the database cannot be reached: ");
    }
}
