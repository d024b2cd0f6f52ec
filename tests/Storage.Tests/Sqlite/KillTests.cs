using System.Diagnostics;
using System.Globalization;
using ActorShop.Storage.Writer;

namespace ActorShop.Storage.Sqlite;

/// <summary>
/// Goal: what was acknowledged survives the sudden end of the process, and nothing is there in part.
/// </summary>
/// <remarks>
/// Method: a child process writes with many grains at once and says each acknowledged version on its output; it is killed in the
/// middle of that, without a chance to tidy up. Then the database is opened, as it is at the next start, and held against what was said.
/// </remarks>
[Trait("Suite", "Chaos")]
public sealed class KillTests
{
    private const int Grains = 32;
    private const int LinesBeforeTheEnd = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Kill_InTheMiddleOfWriting_LosesNoAcknowledgedWrite(int round)
    {
        await using var sqlite = new SqliteFixture();
        var acknowledged = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < round; i++)
        {
            await WriteUntilKilledAsync(sqlite.Path, acknowledged);
        }

        acknowledged.Count.ShouldBe(Grains);
        foreach (var (number, version) in acknowledged)
        {
            var state = new GrainState<EntityRecord<Jar, JarEvent>>();
            await sqlite.Storage.ReadStateAsync("jar", GrainId.Create("jar", $"jar-{number}"), state);
            var stored = long.Parse(state.ETag!, CultureInfo.InvariantCulture);

            // One more than was said may be there: committed, and not yet said.
            stored.ShouldBeInRange(version, version + 1);
            state.State!.Head.Coins.ShouldBe(stored);
            var events = await sqlite.Get<IEventTable>().ReadAsync($"jar-{number}", after: 0, limit: int.MaxValue);
            events.Select(static e => e.Sequence).ShouldBe(Enumerable.Range(1, (int)stored).Select(static n => (long)n));
        }

        (await sqlite.ReadModels.GetBalancesAsync()).Aggregate(Int128.Zero, static (sum, b) => sum + b.Balance.Amount).ShouldBe(Int128.Zero);
    }

    private static async Task WriteUntilKilledAsync(string path, Dictionary<string, long> acknowledged)
    {
        using var child = Process.Start(new ProcessStartInfo
        {
            FileName = "dotnet",
            ArgumentList = { "exec", typeof(Jars).Assembly.Location, path, Grains.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        try
        {
            for (var lines = 0; lines < LinesBeforeTheEnd; lines++)
            {
                Note(await child.StandardOutput.ReadLineAsync(), acknowledged);
            }
        }
        finally
        {
            child.Kill();
        }

        // What it had said before it died counts too, but for a line that was cut off.
        var rest = await child.StandardOutput.ReadToEndAsync();
        foreach (var line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Note(line, acknowledged);
        }

        await child.WaitForExitAsync();
    }

    private static void Note(string? line, Dictionary<string, long> acknowledged)
    {
        var words = line.ShouldNotBeNull("The writing process ended by itself.").Split(' ');
        acknowledged[words[0]] = long.Parse(words[1], CultureInfo.InvariantCulture);
    }
}
