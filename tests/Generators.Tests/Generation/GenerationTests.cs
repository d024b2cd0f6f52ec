using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ActorShop.Generators.Tests.Generation;

/// <summary>Goal: what is generated changes only on purpose, and only when contracts change.</summary>
[Trait("Suite", "Unit")]
public sealed class GenerationTests
{
    private const string Sample = """
        namespace Shop;

        [GenerateSerializer, Immutable, Alias("sku")]
        public readonly record struct Sku(string Value);

        public abstract record ReserveResult
        {
            private ReserveResult()
            {
            }

            [GenerateSerializer, Immutable, Alias("reserved")]
            public sealed record Reserved(DateTimeOffset ExpiresAt) : ReserveResult;
        }

        [GenerateSerializer]
        public class Cart
        {
            [Id(0)]
            public List<Sku> Lines { get; init; } = [];

            [Id(1)]
            private int _version;

            public int Next() => ++_version;
        }

        [Alias("stock")]
        public interface IStockGrain : IGrainWithStringKey
        {
            [ReadOnly]
            Task<int> AvailableAsync(CancellationToken cancellationToken);

            [ResponseTimeout("00:00:05")]
            Task<ReserveResult> ReserveAsync(Cart cart, [Immutable] List<Sku> shared);
        }

        internal sealed class StockGrain : Grain, IStockGrain
        {
            public Task<int> AvailableAsync(CancellationToken cancellationToken) => Task.FromResult(1);

            public Task<ReserveResult> ReserveAsync(Cart cart, List<Sku> shared) => throw new NotSupportedException();
        }
        """;

    [Fact]
    public void Sample_IsGeneratedAsApproved()
    {
        var received = string.Concat(Compiled.Generate(Sample).Select(static file => $"// ==== {file.Key}\n{file.Value}\n"));
        var path = Path.Combine(RepositoryRoot(), "tests/Generators.Tests/Generation/Sample.approved.txt");

        if (Environment.GetEnvironmentVariable("ACTORSHOP_APPROVE") is "1")
        {
            File.WriteAllText(path, received);
        }

        received.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), "ACTORSHOP_APPROVE=1 approves what is generated now.");
    }

    [Fact]
    public void Output_DoesNotDependOnTheOrderOfDeclarations()
    {
        const string A = "[GenerateSerializer, Alias(\"a\")] public sealed record A(int N);";
        const string B = "[GenerateSerializer, Alias(\"b\")] public sealed record B(A? N);";
        const string C = "public interface IC : IGrain { Task<B> X(A a); Task Y(); }";
        const string D = "public interface IC : IGrain { Task Y(); Task<B> X(A a); }";

        Compiled.Generate(A + B + C).ShouldBe(Compiled.Generate(D + B + A));
    }

    [Fact]
    public void UnrelatedChange_GeneratesNothingAnew()
    {
        var compilation = Compiled.From(Sample);
        var driver = Compiled.Driver().RunGenerators(compilation);

        var changed = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "namespace Shop; public class Unrelated;", (CSharpParseOptions)compilation.SyntaxTrees[0].Options));
        var outputs = driver.RunGenerators(changed).GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(static step => step.Value);

        outputs.SelectMany(static step => step.Outputs).Select(static output => output.Reason)
            .ShouldAllBe(static reason => reason == IncrementalStepRunReason.Cached || reason == IncrementalStepRunReason.Unchanged);
    }

    [Fact]
    public void ProjectWithoutContracts_GetsNothing() => Compiled.Generate("public class Plain;").ShouldBeEmpty();

    [Theory]
    [InlineData("namespace A.B_C; [GenerateSerializer] public class D; public interface IX : IGrain { Task M(D d); }")]
    [InlineData("public interface IEmpty : IGrain;")]
    [InlineData("public interface INames : IGrain { Task Equals(int other); Task<string> ToString(string format); Task GetHashCode(int @class); Task Runtime(); Task InterfaceName(); }")]
    [InlineData("public interface IA : IGrain { Task M(); } public interface IB : IGrain { Task M(); } public interface IC : IA, IB { Task M(int n); }")]
    [InlineData("public interface IA : IGrain { Task M(); } public interface IB : IA { new Task M(); }")]
    [InlineData("public interface ID : IGrain { Task M() => Task.CompletedTask; static Task N() => Task.CompletedTask; }")]
    [InlineData("[GenerateSerializer] public class Outer<T> { [Id(0)] public T? Value { get; set; } [GenerateSerializer] public class Inner { [Id(0)] public T[]? Values { get; set; } } }")]
    [InlineData("[GenerateSerializer] public class C<T> where T : class, IComparable<T>, new() { [Id(0)] public T? V { get; private set; } [Id(1)] private readonly List<T?> _w = []; public int N => _w.Count; }")]
    [InlineData("[GenerateSerializer] public struct S<T> where T : struct { [Id(0)] public T? V; [Id(1)] public readonly int W; }")]
    [InlineData("[GenerateSerializer] public record R(int A, string? B = null) { [Id(0)] public required List<string?> C { get; set; } }\n[GenerateSerializer] public sealed record Q(int A, int D) : R(A, null);")]
    [InlineData("[GenerateSerializer] public abstract record Base([property: Id(0)] int A);\n[GenerateSerializer] public sealed record D(int A, [Immutable] int[]? B) : Base(A);")]
    [InlineData("[GenerateSerializer, Immutable] public sealed record Node(Node? Next, Node?[] All);")]
    [InlineData("[GenerateSerializer, Obsolete] public class Old { [Id(0), Obsolete] public int A { get; set; } }\n#pragma warning disable CS0612\npublic interface IOld : IGrain { [Obsolete] Task M(Old old); }")]
    [InlineData("#nullable disable\n[GenerateSerializer] public class Old { [Id(0)] public string A; [Id(1)] public List<string> B { get; set; } }\npublic interface IOld : IGrain { Task<string> M(Old old, string[] s); }")]
    [InlineData("public partial interface IP : IGrain { Task A(); } public partial interface IP { Task B(); }\n[GenerateSerializer] public partial class P { [Id(0)] public int A { get; set; } } public partial class P { [Id(1)] public int B { get; set; } }")]
    [InlineData("[GenerateSerializer] public class E(string m, int n) : Exception(m) { [Id(0)] public int N { get; } = n; }\n[GenerateSerializer] public sealed class F(string m) : E(m, 1);")]
    [InlineData("[GenerateSerializer] public class V { [Id(0)] public virtual int A { get; set; } } [GenerateSerializer] public class W : V { [Id(0)] public override int A { get; set; } [Id(1)] public (int X, string? Y)? T { get; set; } }")]
    public void OddContract_CompilesWithoutAWarning(string source) => Compiled.Generate(source).ShouldNotBeEmpty();

    // Not by the compiler's path of this file, which a deterministic build rewrites.
    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ActorShop.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run below a clone.");
        }

        return folder.FullName;
    }
}
