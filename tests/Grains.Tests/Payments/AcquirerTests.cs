using System.Runtime.Versioning;
using ActorShop.PaymentSimulator;
using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Journal;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Payments;

public sealed class AcquirerTests : IDisposable
{
    private static readonly PaymentId Payment = new("pay_1");
    private static readonly SimulatorOptions Options = new();

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.ndjson");
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Operation_Repeated_TakesEffectOnce()
    {
        var journal = new MemoryJournal();
        var acquirer = new Acquirer(journal, _time, Options);

        var first = await acquirer.ExecuteAsync(Authorise("k", "tok_ok"));
        var second = await acquirer.ExecuteAsync(Authorise("k", "tok_ok"));

        first.Outcome.ShouldBe(JournalOutcome.Done);
        second.ShouldBe(first);
        journal.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Operation_WithAUsedKey_IsDeclined()
    {
        var journal = new MemoryJournal();
        var acquirer = new Acquirer(journal, _time, Options);
        await acquirer.ExecuteAsync(Authorise("k", "tok_ok"));

        (await acquirer.ExecuteAsync(Authorise("k", "tok_ok") with { Amount = new(999, "GBP") })).Code.ShouldBe("key_reused");

        journal.Entries.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("tok_declined", "card_declined")]
    [InlineData("tok_nobody_knows", "invalid_token")]
    public async Task InvalidToken_IsDeclined(string token, string code)
    {
        var ruling = await new Acquirer(new MemoryJournal(), _time, Options).ExecuteAsync(Authorise("k", token));

        ruling.ShouldBe(new Ruling(JournalOutcome.Declined, code, AnswerLost: false));
    }

    [Fact]
    public async Task Void_BeforeTheHold_RefusesTheHold()
    {
        var acquirer = new Acquirer(new MemoryJournal(), _time, Options);

        (await acquirer.ExecuteAsync(new("v", ProviderOperationKind.Void, Payment, new(0, string.Empty), Token: null)))
            .Outcome.ShouldBe(JournalOutcome.Done);

        (await acquirer.ExecuteAsync(Authorise("k", "tok_ok"))).ShouldBe(new Ruling(JournalOutcome.Declined, "voided", AnswerLost: false));
    }

    [Fact]
    public async Task LateToken_IsUnknown_ThenDone()
    {
        var acquirer = new Acquirer(new MemoryJournal(), _time, Options);
        (await acquirer.ExecuteAsync(Authorise("k", "tok_late"))).Outcome.ShouldBe(JournalOutcome.Pending);

        _time.Advance(Options.LateAfter - TimeSpan.FromTicks(1));
        (await acquirer.FindAsync("k"))!.Outcome.ShouldBe(JournalOutcome.Pending);
        _time.Advance(TimeSpan.FromTicks(1));

        (await acquirer.FindAsync("k"))!.Outcome.ShouldBe(JournalOutcome.Done);
    }

    [Fact]
    public async Task LateToken_VoidedFirst_IsDeclined()
    {
        var acquirer = new Acquirer(new MemoryJournal(), _time, Options);
        await acquirer.ExecuteAsync(Authorise("k", "tok_late"));

        await acquirer.ExecuteAsync(new("v", ProviderOperationKind.Void, Payment, new(0, string.Empty), Token: null));
        _time.Advance(Options.LateAfter);

        (await acquirer.FindAsync("k"))!.Code.ShouldBe("voided");
    }

    [Fact]
    public async Task RepeatedToken_TakesEffectOnce_AndIsJournalled()
    {
        var journal = new MemoryJournal();
        var acquirer = new Acquirer(journal, _time, Options);

        await acquirer.ExecuteAsync(Authorise("k", "tok_twice"));

        journal.Entries.Select(static entry => entry.Outcome).ShouldBe([JournalOutcome.Done, JournalOutcome.Repeated]);
    }

    [Fact]
    public async Task Money_CapturedWithinTheHold_RefundedWithinTheCapture()
    {
        var acquirer = new Acquirer(new MemoryJournal(), _time, Options);
        await acquirer.ExecuteAsync(Authorise("k", "tok_ok"));

        (await acquirer.ExecuteAsync(Of("c0", ProviderOperationKind.Capture, 101))).Code.ShouldBe("amount_too_large");
        (await acquirer.ExecuteAsync(Of("c1", ProviderOperationKind.Capture, 90))).Outcome.ShouldBe(JournalOutcome.Done);
        (await acquirer.ExecuteAsync(Of("c2", ProviderOperationKind.Capture, 10))).Code.ShouldBe("already_captured");
        (await acquirer.ExecuteAsync(Of("r1", ProviderOperationKind.Refund, 60))).Outcome.ShouldBe(JournalOutcome.Done);
        (await acquirer.ExecuteAsync(Of("r2", ProviderOperationKind.Refund, 31))).Code.ShouldBe("amount_too_large");
    }

    [Fact]
    public async Task FileJournal_Reopened_HasEveryAnswer_AndDropsATornLine()
    {
        await using (var journal = new FileJournal(_path))
        {
            var acquirer = new Acquirer(journal, _time, Options);
            await acquirer.ExecuteAsync(Authorise("k", "tok_ok"));
            await acquirer.ExecuteAsync(Of("c", ProviderOperationKind.Capture, 100));
        }

        await File.AppendAllTextAsync(_path, "{\"sequence\":3,\"key\":\"torn");

        await using (var journal = new FileJournal(_path))
        {
            var acquirer = new Acquirer(journal, _time, Options);
            (await acquirer.FindAsync("c"))!.Outcome.ShouldBe(JournalOutcome.Done);
            (await acquirer.ExecuteAsync(Of("r", ProviderOperationKind.Refund, 1))).Outcome.ShouldBe(JournalOutcome.Done);
            (await acquirer.ReadAsync(0, 10)).Select(static entry => entry.Sequence).ShouldBe([1, 2, 3]);
        }

        (await File.ReadAllLinesAsync(_path)).Length.ShouldBe(3);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task FileJournal_IsTheOwnersAlone()
    {
        await File.WriteAllTextAsync(_path, string.Empty);
        await using var journal = new FileJournal(_path);

        File.GetUnixFileMode(_path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task FileJournal_WrittenConcurrently_KeepsTheOrderOfTheSequence()
    {
        await using var journal = new FileJournal(_path);
        var acquirer = new Acquirer(journal, _time, Options);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => acquirer.ExecuteAsync(
            new($"k{n}", ProviderOperationKind.Authorise, new($"pay_{n}"), new(n, "GBP"), "tok_ok"))));

        (await acquirer.ReadAsync(0, 1_000)).Select(static entry => entry.Sequence).ShouldBe(Enumerable.Range(1, 200).Select(static n => (long)n));
    }

    private static ProviderOperation Authorise(string key, string token) =>
        new(key, ProviderOperationKind.Authorise, Payment, new(100, "GBP"), token);

    private static ProviderOperation Of(string key, ProviderOperationKind kind, long amount) =>
        new(key, kind, Payment, new(amount, "GBP"), Token: null);
}
