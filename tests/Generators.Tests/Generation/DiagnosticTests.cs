namespace ActorShop.Generators.Tests.Generation;

/// <summary>Bad contracts, what is said about them, and where it is said.</summary>
[Trait("Suite", "Unit")]
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("public interface IBad : IGrain { void Tell(); }", "ASHOP001 Tell")]
    [InlineData("public interface IBad : IGrain { int Count(); }", "ASHOP001 Count")]
    [InlineData("public interface IGood : IGrainObserver { void Tell(); }", null)]
    [InlineData("public interface IBad : IGrain { Task Wait(CancellationToken one, CancellationToken two); }", "ASHOP002 Wait")]
    [InlineData("public interface IBad : IGrain { Task Swap(ref int number); }", "ASHOP003 number")]
    [InlineData("public interface IBad : IGrain { Task Give(out int number); }", "ASHOP003 number")]
    [InlineData("public interface IBad : IGrain { Task Take(System.IO.Stream stream); }", "ASHOP004 stream")]
    [InlineData("public interface IBad : IGrain { Task Take(Action action); }", "ASHOP004 action")]
    [InlineData("public interface IBad : IGrain { Task<List<int[,]>> Give(); }", "ASHOP004 Give")]
    [InlineData("public class Unmarked; public interface IBad : IGrain { Task Take(Dictionary<string, Unmarked?> map); }", "ASHOP004 map")]
    [InlineData("public interface IGood : IGrain { Task<IReadOnlyList<(GrainId, object?)>> Give(Exception why, IGrain who); }", null)]
    [InlineData("public interface IBad : IGrain { Task Take<T>(T value); }", "ASHOP010 Take")]
    [InlineData("public interface IBad<T> : IGrain { Task Take(T value); }", "ASHOP010 IBad")]
    [InlineData("public interface IBad : IGrain { int Count { get; } }", "ASHOP011 Count")]
    [InlineData("public interface IBad : IGrain { event Action Told; }", "ASHOP011 Told")]
    [InlineData("public interface IGood : IGrain { const int Count = 1; static int Twice(int n) => 2 * n; }", null)]
    [InlineData("public interface IBad : IGrain { [Alias(\"a\")] Task A(); [Alias(\"a\")] Task B(); }", "ASHOP012 B")]
    [InlineData("public interface IBad : IGrain { IAsyncEnumerable<int> All(); }", "ASHOP014 All")]
    [InlineData("public interface IBad : IGrain { [ResponseTimeout(\"soon\")] Task Wait(); }", "ASHOP015 Wait")]
    [InlineData("public class Outer { private interface IBad : IGrain { Task Wait(); } }", "ASHOP008 IBad")]
    [InlineData("public interface INotAGrain { int Count(); Stream Give<T>(ref T value); } public class Stream;", null)]
    public async Task Interface(string source, string? expected) => (await Compiled.AnalyzeAsync(source)).ShouldBe(Expected(expected));

    [Theory]
    [InlineData("[GenerateSerializer] public class Bad { [Id(0)] public int A { get; set; } [Id(0)] public int B { get; set; } }", "ASHOP005 B")]
    [InlineData("[GenerateSerializer] public record Bad(int A, [property: Id(1)] int B) { [Id(1)] public int C { get; init; } }", "ASHOP005 C")]
    [InlineData("[GenerateSerializer] public record Good(int A, int B) { [Id(0)] public int C { get; init; } }", null)]
    [InlineData("[GenerateSerializer] public class Bad { public int A { get; set; } }", "ASHOP006 A")]
    [InlineData("[GenerateSerializer] public class Bad { private int _a; public int A => _a++; }", "ASHOP006 _a")]
    [InlineData("[GenerateSerializer] public record Bad(int A) { public int B { get; init; } }", "ASHOP006 B")]
    [InlineData("[GenerateSerializer] public class Good { [field: NonSerialized] public int A { get; set; } [NonSerialized] public int B; public int C => 1; static int D; }", null)]
    [InlineData("[GenerateSerializer, Alias(\"a\")] public class A; [GenerateSerializer, Alias(\"a\")] public class B;", "ASHOP007 B")]
    [InlineData("public class Outer { [GenerateSerializer] private class Bad; }", "ASHOP008 Bad")]
    [InlineData("[GenerateSerializer] file class Bad;", "ASHOP008 Bad")]
    [InlineData("public class Outer { [GenerateSerializer] internal class Good; }", null)]
    [InlineData("[GenerateSerializer] public class Bad { [Id(0)] public int A => 1; }", "ASHOP013 A")]
    [InlineData("[GenerateSerializer] public class Bad { [Id(0)] public Func<int>? A { get; set; } }", "ASHOP004 A")]
    [InlineData("[GenerateSerializer] public class Good<T> { [Id(0)] public List<T>? A { get; set; } [Id(1)] public Good<T>? B { get; set; } }", null)]
    public async Task Type(string source, string? expected) => (await Compiled.AnalyzeAsync(source)).ShouldBe(Expected(expected));

    [Fact]
    public async Task Attribute_OnTheClass_IsSentToTheInterface()
    {
        const string Source = """
            public interface ICount : IGrain { [ReadOnly] Task<int> Count(); }
            public class CountGrain : Grain, ICount { [ReadOnly, AlwaysInterleave] public Task<int> Count() => Task.FromResult(1); }
            """;

        (await Compiled.AnalyzeAsync(Source)).ShouldBe(["ASHOP009 Count", "ASHOP009 Count"]);
    }

    [Fact]
    public async Task Complaint_CanBeSuppressedWhereItStands()
    {
        const string Source = """
            [GenerateSerializer]
            public class Excused
            {
            #pragma warning disable ASHOP006
                public int Cache { get; set; }
            #pragma warning restore ASHOP006
            }
            """;

        (await Compiled.AnalyzeAsync(Source)).ShouldBeEmpty();
    }

    [Fact]
    public async Task InheritedMethod_IsComplainedOfOnce_WhereItIsDeclared()
    {
        const string Source = """
            public interface IBase : IGrain { void Tell(); }
            public interface IDerived : IBase { Task AskAsync(); }
            """;

        (await Compiled.AnalyzeAsync(Source)).ShouldBe(["ASHOP001 Tell"]);
    }

    private static string[] Expected(string? complaint) => complaint is null ? [] : [complaint];
}
