using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace ActorShop.Health;

/// <summary>
/// Goal: a silo answers only while it knows that it is a member, and leaves only when it alone cannot know. Method: the agent, one step after the other,
/// under manual time.
/// </summary>
public sealed class HealthAgentTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Table _table = new();
    private readonly Others _others = new();
    private readonly HealthAgent _agent;

    public HealthAgentTests() => _agent = new(new HealthOptions(), _table, _others, _time);

    [Fact]
    public void Options_OfTheDefaults_FitTogether() => new HealthOptions().Check().ShouldBeNull();

    [Theory]
    [InlineData("00:00:01", "00:00:01", "00:00:10")]
    [InlineData("00:00:00.25", "00:00:10", "00:00:10")]
    public void Options_ThatDoNotFitTogether_AreNamed(string every, string window, string leave)
    {
        var options = new HealthOptions { ReadEvery = TimeSpan.Parse(every, CultureInfo.InvariantCulture), AnswerWindow = TimeSpan.Parse(window, CultureInfo.InvariantCulture), LeaveAfter = TimeSpan.Parse(leave, CultureInfo.InvariantCulture) };

        options.Check().ShouldNotBeNull();
    }

    [Fact]
    public void Silo_BeforeTheFirstRead_DoesNotAnswer()
    {
        _agent.MayAnswer.ShouldBeFalse();
        Should.Throw<SiloCutOffException>(_agent.EnsureMayAnswer);
        _agent.Refused.ShouldBe(1);
    }

    [Fact]
    public async Task Silo_AnswersForASecondAfterAGoodRead_AndNotLonger()
    {
        (await StepAsync()).ShouldBe(HealthVerdict.Stay);

        _time.Advance(TimeSpan.FromMilliseconds(999));
        _agent.MayAnswer.ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _agent.MayAnswer.ShouldBeFalse();

        await StepAsync();
        _agent.MayAnswer.ShouldBeTrue();
        _agent.LastGap.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Second_CountsFromTheStartOfTheRead()
    {
        _table.Takes = () => _time.Advance(TimeSpan.FromMilliseconds(800));

        await StepAsync();

        _agent.Age.ShouldBe(TimeSpan.FromMilliseconds(800));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        _agent.MayAnswer.ShouldBeFalse();
    }

    [Fact]
    public async Task ReadThatTakesLongerThanTheWindow_LetsNothingOut()
    {
        _table.Takes = () => _time.Advance(TimeSpan.FromSeconds(1));

        await StepAsync();

        _agent.MayAnswer.ShouldBeFalse();
    }

    [Fact]
    public async Task SiloThatIsDeadInTheTable_NeverAnswersAgain()
    {
        await StepAsync();
        _table.Says = Membership.Dead;

        (await StepAsync()).ShouldBe(HealthVerdict.Dead);
        _agent.MayAnswer.ShouldBeFalse();

        _table.Says = Membership.Member;
        await StepAsync();
        _agent.MayAnswer.ShouldBeFalse();
    }

    [Fact]
    public async Task SiloWithoutARow_HasNotJoinedYet_OrIsDeadIfItHad()
    {
        _table.Says = Membership.Absent;
        (await StepAsync()).ShouldBe(HealthVerdict.Stay);
        _table.Says = Membership.Member;
        await StepAsync();
        _table.Says = Membership.Absent;

        (await StepAsync()).ShouldBe(HealthVerdict.Dead);
    }

    [Fact]
    public async Task SiloThatCannotRead_LeavesAfterTenSeconds_IfAnotherCanRead()
    {
        await StepAsync();
        _table.IsAway = true;
        _others.CanRead = true;
        _time.Advance(TimeSpan.FromSeconds(9.9));
        (await StepAsync()).ShouldBe(HealthVerdict.Stay);
        _others.Questions.ShouldBe(0);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        (await StepAsync()).ShouldBe(HealthVerdict.Leave);
    }

    [Fact]
    public async Task DatabaseThatIsAwayForEveryone_EndsNoSilo_AndTheOthersAreAskedOnceASecond()
    {
        await StepAsync();
        _table.IsAway = true;
        for (var quarter = 0; quarter < 4 * 60; quarter++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            (await StepAsync()).ShouldBe(HealthVerdict.Stay);
        }

        _others.Questions.ShouldBe(51);
        _table.IsAway = false;
        (await StepAsync()).ShouldBe(HealthVerdict.Stay);
        _agent.MayAnswer.ShouldBeTrue();
    }

    [Fact]
    public async Task SiloThatReadsAgainAfterAGap_DoesNotMakeAnotherOneLeave_UntilItHasReadForAWhile()
    {
        await StepAsync();
        _time.Advance(TimeSpan.FromSeconds(15));
        await StepAsync();
        _agent.MayAnswer.ShouldBeTrue();
        _agent.ReadsSteadily.ShouldBeFalse();

        for (var quarter = 0; quarter < 20; quarter++)
        {
            _agent.ReadsSteadily.ShouldBeFalse();
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await StepAsync();
        }

        _agent.ReadsSteadily.ShouldBeTrue();
    }

    private ValueTask<HealthVerdict> StepAsync() => _agent.StepAsync(CancellationToken.None);

    private sealed class Table : IMembershipReader
    {
        public Membership Says { get; set; } = Membership.Member;

        public bool IsAway { get; set; }

        public Action Takes { get; set; } = static () => { };

        public ValueTask<Membership> ReadAsync(CancellationToken cancellationToken)
        {
            Takes();
            return IsAway ? throw new IOException("The database is away.") : ValueTask.FromResult(Says);
        }
    }

    private sealed class Others : IOtherMembers
    {
        public bool CanRead { get; set; }

        public int Questions { get; private set; }

        public ValueTask<bool> AnyReadsTheTableAsync(CancellationToken cancellationToken)
        {
            Questions++;
            return ValueTask.FromResult(CanRead);
        }
    }
}
