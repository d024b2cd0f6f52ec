using ActorShop.Generators.Tests.Contracts;
using ActorShop.Runtime.Hosting;
using ActorShop.Runtime.Invocation;

namespace ActorShop.Generators.Tests.Invocation;

[Trait("Suite", "Unit")]
public sealed class ReferenceTests
{
    private readonly RecordingRuntime _runtime = new();
    private readonly Sample _grain = new();

    private ISample Reference => _runtime.Reference<ISample>("a");

    private Invokable Request => _runtime.Requests[^1];

    [Fact]
    public async Task Arguments_AreCopiedBeforeTheyAreSent()
    {
        var numbers = new List<int> { 1 };
        await Reference.MutateAsync(numbers);
        numbers.Add(2);

        Request.GetArgument(0).ShouldBeOfType<List<int>>().ShouldBe([1]);
    }

    [Fact]
    public async Task ImmutableParameter_IsShared()
    {
        var numbers = new List<int> { 1 };
        byte[] bytes = [1];
        await Reference.ShareAsync(numbers, bytes);

        Request.GetArgument(0).ShouldBeSameAs(numbers);
        Request.GetArgument(1).ShouldNotBeSameAs(bytes);
        Request.GetArgument(1).ShouldBe(bytes);
    }

    [Fact]
    public async Task Attributes_ReachTheRequest()
    {
        await Reference.NameAsync();
        (Request.Options, Request.ResponseTimeout).ShouldBe((InvokeOptions.ReadOnly, TimeSpan.FromSeconds(5)));
        await Reference.IsBusyAsync("r");
        (Request.Options, Request.ResponseTimeout).ShouldBe((InvokeOptions.ReadOnly | InvokeOptions.AlwaysInterleave, null));
        await Reference.ForgetAsync();
        Request.Options.ShouldBe(InvokeOptions.OneWay);
        await Reference.CountAsync();
        Request.Options.ShouldBe(InvokeOptions.None);
    }

    [Fact]
    public async Task Methods_AreNamedByAliasOrSignature_AndKnownToReflection()
    {
        await Reference.ShareAsync([], null);
        (Request.InterfaceName, Request.MethodId, Request.MethodName).ShouldBe(("sample", "share", nameof(ISample.ShareAsync)));
        await Reference.MutateAsync([], "why");
        Request.MethodId.ShouldBe("MutateAsync(System.Collections.Generic.List<int>,string)");
        Request.Method.GetParameters().Length.ShouldBe(2);
        Request.Method.DeclaringType.ShouldBe(typeof(ISample));

        // The token is no part of the name: it may be added to a method without making it another.
        await Reference.IsBusyAsync("r", CancellationToken.None);
        Request.MethodId.ShouldBe("IsBusyAsync(string)");
        await Reference.CountAsync();
        (Request.InterfaceName, Request.InterfaceType).ShouldBe((typeof(IBase).FullName!, typeof(IBase)));
    }

    [Fact]
    public async Task Request_TravelsWithItsArguments_AndRunsTheMethod()
    {
        await Reference.ReserveAsync(new Sku("s"), 4);
        var request = (Invokable<ReserveResult>)_runtime.Travel(Request);

        var result = await request.InvokeAsync(_grain);

        result.ShouldBe(new ReserveResult.Insufficient(4));
        _grain.Heard.ShouldBe([(new Sku("s"), 4)]);
        (await request.InvokeBoxedAsync(_grain)).ShouldBe(result);
    }

    [Fact]
    public async Task Request_WithNamesThatAreKeywordsAndTuples_Travels()
    {
        await Reference.OddAsync((1, ["a", null]), [new Box<int> { Content = 2 }], T_.A);
        var request = _runtime.Travel(Request);

        request.GetArgument(0).ShouldBeOfType<(int, List<string?>)>().Item2.ShouldBe(["a", null]);
        request.GetArgument(1).ShouldBeOfType<Box<int>[]>()[0].Content.ShouldBe(2);
        (await request.InvokeBoxedAsync(_grain)).ShouldBe(T_.A);
    }

    [Fact]
    public async Task Token_StaysBehind_AndTheCalleeGetsItsOwn()
    {
        using var caller = new CancellationTokenSource();
        using var callee = new CancellationTokenSource();
        await Reference.IsBusyAsync("r", caller.Token);
        Request.CancellationToken.ShouldBe(caller.Token);
        Request.ArgumentCount.ShouldBe(2);

        var request = _runtime.Travel(Request);
        request.CancellationToken.ShouldBe(CancellationToken.None);
        request.SetCancellationToken(callee.Token);
        await request.InvokeBoxedAsync(_grain);

        _grain.Heard.ShouldBe([("r", callee.Token)]);
    }

    [Fact]
    public async Task Arguments_CanBeReadAndReplacedByFilters()
    {
        await Reference.ReserveAsync(new Sku("s"), 4);

        Request.SetArgument(1, 5);

        Request.GetArgument(1).ShouldBe(5);
        Should.Throw<ArgumentOutOfRangeException>(() => Request.GetArgument(2));
        Should.Throw<ArgumentOutOfRangeException>(() => Request.SetArgument(2, null));
    }

    [Fact]
    public async Task Results_AreCopied_UnlessTheContractSaysTheyAreImmutable()
    {
        await Reference.MutateAsync([]);
        var mutate = (Invokable<List<int>>)Request;
        mutate.CopyResult(_grain.Numbers).ShouldNotBeSameAs(_grain.Numbers);
        ((Invokable<List<int>>)_runtime.Travel(mutate)).CopyResult(_grain.Numbers).ShouldBe(_grain.Numbers);

        await Reference.SharedAsync();
        ((Invokable<List<int>>)Request).CopyResult(_grain.Numbers).ShouldBeSameAs(_grain.Numbers);
    }

    [Fact]
    public async Task Observer_IsToldOneWay()
    {
        _runtime.Reference<IObserver>("o").Told("what", [1]);

        Request.Options.ShouldBe(InvokeOptions.OneWay);
        (await _runtime.Travel(Request).InvokeBoxedAsync(new Listener())).ShouldBeNull();
    }

    [Fact]
    public async Task References_TravelById_AndAGrainPassesItselfAsOne()
    {
        var other = _runtime.Reference<ISample>("b");
        await Reference.SelfAsync(other, _runtime.Reference<IObserver>("o"));
        Request.GetArgument(0).ShouldBeSameAs(other);
        var request = _runtime.Travel(Request);
        request.GetArgument(0).ShouldBe(other);
        request.GetArgument(1).ShouldBeAssignableTo<IObserver>();

        await Reference.SelfAsync(_grain, null);
        Request.GetArgument(0).ShouldBeAssignableTo<GrainReference>()!.GrainId.ShouldBe(GrainId.Create("sample", "self"));
        ((Invokable<ISample>)Request).CopyResult(_grain).ShouldBeAssignableTo<GrainReference>();
    }

    [Fact]
    public void References_AreEqual_WhenTheyLeadToTheSameGrainTheSameWay()
    {
        Reference.ShouldBe(_runtime.Reference<ISample>("a"));
        Reference.ShouldNotBe(_runtime.Reference<ISample>("b"));
        ((GrainReference)Reference).Equals(_runtime.Reference<IBase>("a")).ShouldBeFalse();
    }

    [Fact]
    public void Manifest_NamesTheGrainClasses() => new GrainManifests(GrainManifests.Discover()).Classes.ShouldContain(typeof(Sample));

    private sealed class Listener : IObserver
    {
        public void Told(string what, List<int> numbers) => numbers.ShouldBe([1]);

        public Task ToldAsync(Order order) => Task.CompletedTask;
    }
}
