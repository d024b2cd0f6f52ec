using System.Text;
using ActorShop.Cli.Journals;
using ActorShop.Cli.Replays;
using ActorShop.Cli.Testing;

namespace ActorShop.Cli.Tests.Journals;

public sealed class JournalTests : IDisposable
{
    private static readonly JournalHeader Work = new("replay", "events.jsonl", "http://shop/");

    private static readonly string[] AAndB = ["a", "b"];

    private readonly Scratch _scratch = new();

    private string Path => _scratch["journal"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Entries_AreRead_InTheNextRun()
    {
        Write("a", "b");
        Write("c");

        Read().ShouldBe(["a", "b", "c"]);
    }

    // The process may die at every length of the file.
    [Fact]
    public void PartialLastLine_IsDropped_AndTheNextEntryIsWhole()
    {
        Write("a", "b");
        var whole = File.ReadAllBytes(Path);
        var firstEnd = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = firstEnd; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            var lines = Encoding.UTF8.GetString(whole, firstEnd, length - firstEnd).Count(static c => c == '\n');

            Write("new");

            Read().ShouldBe([.. AAndB.Take(lines), "new"], $"cut to {length} bytes");
        }
    }

    [Fact]
    public void PartialHeader_StartsANewJournal()
    {
        File.WriteAllText(Path, "{\"work\":\"rep");

        Write("a");

        Read().ShouldBe(["a"]);
    }

    [Fact]
    public void JournalOfOtherWork_IsRefused_AndKept()
    {
        Write("a");

        var refusal = Should.Throw<ToolException>(() => Journal<ReplayOutcome>.Open(Path, Work with { Server = "http://other/" }));

        refusal.ExitCode.ShouldBe(ExitCode.BadInput);
        Read().ShouldBe(["a"]);
    }

    [Fact]
    public void OtherFile_IsRefused()
    {
        File.WriteAllText(Path, "sku,name\n1,2\n");

        Should.Throw<ToolException>(() => Journal<ReplayOutcome>.Open(Path, Work)).ExitCode.ShouldBe(ExitCode.BadInput);
    }

    // What is refused is not changed, though its last line looks cut off.
    [Theory]
    [InlineData("sku,name")]
    [InlineData("sku,name\n1,2")]
    [InlineData("\n\n")]
    [InlineData("null\n")]
    [InlineData("{}\n")]
    [InlineData("{\"work\":\"replay\",\"input\":\"events.jsonl\",\"server\":\"http://shop/\"}\nnull\n")]
    [InlineData("{\"work\":\"replay\",\"input\":\"events.jsonl\",\"server\":\"http://shop/\"}\n{}\n")]
    [InlineData("{\"work\":\"replay\",\"input\":\"events.jsonl\",\"server\":\"http://shop/\"}\n{\"key\":\"\\ud800\",\"fate\":\"Done\"}\n")]
    public void FileThatIsNoJournal_IsRefused_AndKept(string text)
    {
        File.WriteAllText(Path, text);

        Should.Throw<ToolException>(() => Journal<ReplayOutcome>.Open(Path, Work)).ExitCode.ShouldBe(ExitCode.BadInput);
        File.ReadAllText(Path).ShouldBe(text);
    }

    [Fact]
    public void JournalOfAnotherFileOfTheSameName_IsRefused_AndOneWithoutADigestIsRead()
    {
        Write("a");
        Open(Work with { Digest = "1" }).ShouldBe(["a"]);
        File.Delete(Path);
        Open(Work with { Digest = "1" }).ShouldBeEmpty();

        Should.Throw<ToolException>(() => Open(Work with { Digest = "2" })).Message.ShouldContain("another file with the name events.jsonl");

        Open(Work with { Digest = "1" }).ShouldBeEmpty();
        Open(Work).ShouldBeEmpty("standard input can be read only once: it has no digest");
    }

    [Fact]
    public void Outcome_RoundTrips()
    {
        var outcome = new ReplayOutcome("C1@2", ReplayFate.Done, "ord_1", 5, 6, 7, 8, "code");
        using (var journal = Journal<ReplayOutcome>.Open(Path, Work))
        {
            journal.Append(outcome);
        }

        using var again = Journal<ReplayOutcome>.Open(Path, Work);
        again.Entries.ShouldBe([outcome]);
    }

    [Fact]
    public void ConcurrentEntries_AreWhole()
    {
        using (var journal = Journal<ReplayOutcome>.Open(Path, Work))
        {
            Parallel.For(0, 1000, i => journal.Append(new ReplayOutcome($"{i}", ReplayFate.Done)));
        }

        Read().Distinct(StringComparer.Ordinal).Count().ShouldBe(1000);
    }

    private void Write(params string[] keys)
    {
        using var journal = Journal<ReplayOutcome>.Open(Path, Work);
        foreach (var key in keys)
        {
            journal.Append(new ReplayOutcome(key, ReplayFate.Done));
        }
    }

    private string[] Read() => Open(Work);

    private string[] Open(JournalHeader work)
    {
        using var journal = Journal<ReplayOutcome>.Open(Path, work);
        return [.. journal.Entries.Select(static entry => entry.Key)];
    }
}
