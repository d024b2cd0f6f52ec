using System.Reflection;
using System.Text.RegularExpressions;

namespace ActorShop.Architecture;

/// <summary>Goal: whatever a grain can answer, the API can say; whatever is keyed, is keyed apart.</summary>
public sealed class ContractTests
{
    // Answers that no client ever asks for: grains give them to each other within a sale, or the API forms them from another answer.
    private static readonly HashSet<string> Internal = new(StringComparer.Ordinal) { "ReserveResult", "CommitResult", "PaymentResult" };

    public static TheoryData<string> Answers => [.. Results().Select(static type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Answers))]
    public void EveryCase_OfAnAnswer_HasAResponse(string answer)
    {
        var type = typeof(IResumable).Assembly.GetType(answer)!;
        var api = string.Concat(Repository.Files("Api", "*.cs").Select(static file => file.Text));

        type.GetNestedTypes().Select(nested => $"{type.Name}.{nested.Name}").Where(name => !api.Contains(name, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void EveryProblem_CanOccur()
    {
        // A problem occurs if a handler returns it, or if it has the name of a refusal. A route's list of problems only documents it.
        var files = Repository.Files("Api", "*.cs").ToArray();
        var catalogue = files.Single(static file => file.Path.EndsWith("/Problems.cs", StringComparison.Ordinal)).Text;
        var problems = Regex.Matches(catalogue, @"ProblemKind (?<name>\w+) = ", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(static match => match.Groups["name"].Value).ToArray();
        var handlers = string.Concat(files.Where(static file => !file.Path.EndsWith("/Problems.cs", StringComparison.Ordinal)).Select(static file => file.Text));
        var returned = Regex.Replace(handlers, @"\.Refuses\(([^()]|\([^()]*\))*\)", string.Empty, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var refusals = typeof(Orders.OrderRefusal).GetNestedTypes().Select(static type => type.Name).Concat(Enum.GetNames<Orders.FailureCode>());

        problems.Length.ShouldBeGreaterThan(20);
        problems.Except(refusals, StringComparer.Ordinal)
            .Where(problem => !Regex.IsMatch(returned, $@"Problems\.{problem}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Where(problem => !Regex.IsMatch(catalogue, $@"=> {problem}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Answers_AreClosed() => Results()
        .Where(static type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public).Length > 0
            || Array.Exists(type.GetNestedTypes(), static nested => !nested.IsSealed))
        .ShouldBeEmpty();

    [Fact]
    public void Keys_BeginWithAPrefixOfTheirOwn_ThatIsNoHexadecimalNumber()
    {
        // A key alone names a stream of events, and Orleans' ADO.NET storage reads a hexadecimal key as a number.
        var text = string.Concat(Repository.Files("Grains.Interfaces", "*Grain*.cs").Select(static file => file.Text));
        var written = Regex
            .Matches(text, "\\$\"(?<prefix>[^{\"]+)\\{", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(static match => match.Groups["prefix"].Value);
        var ids = typeof(IResumable).Assembly.GetTypes()
            .Select(static type => type.GetField("Prefix", BindingFlags.Static | BindingFlags.Public)?.GetRawConstantValue() as string)
            .OfType<string>();
        var prefixes = written.Concat(ids).ToArray();

        prefixes.Length.ShouldBeGreaterThan(8);
        prefixes.Distinct(StringComparer.Ordinal).Count().ShouldBe(prefixes.Length);
        prefixes.Where(static prefix => prefix[^1] is not ('/' or '_') || prefix[..^1].All(char.IsAsciiHexDigit)).ShouldBeEmpty();
        prefixes.Where(prefix => Array.Exists(
            prefixes, other => !ReferenceEquals(other, prefix) && other.StartsWith(prefix, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Heads_AndEvents_CannotBeChanged() => typeof(ShopJson).Assembly.GetTypes()
        .Where(static type => typeof(IEvent).IsAssignableFrom(type) || typeof(IEntity).IsAssignableFrom(type))
        .SelectMany(static type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        .Where(static property => property.SetMethod is { IsPublic: true } set && !Array.Exists(
            set.ReturnParameter.GetRequiredCustomModifiers(), static m => m == typeof(System.Runtime.CompilerServices.IsExternalInit)))
        .ShouldBeEmpty();

    private static IEnumerable<Type> Results() => typeof(IResumable).Assembly.GetTypes()
        .Where(static type => type is { IsAbstract: true, IsClass: true, IsNested: false }
            && type.Name.EndsWith("Result", StringComparison.Ordinal) && !Internal.Contains(type.Name))
        .OrderBy(static type => type.Name, StringComparer.Ordinal);
}
