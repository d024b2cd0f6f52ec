using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorShop.Architecture;

/// <summary>Goal: names that leave the process are stated, unique and kept.</summary>
public sealed class ModelTests
{
    private static readonly Assembly[] Model = [typeof(IResumable).Assembly, typeof(ShopJson).Assembly];

    // Types that the compilers and generators made have no say in names.
    private static IEnumerable<Type> Types => Model.SelectMany(static assembly => assembly.GetTypes())
        .Where(static type => type.Namespace?.StartsWith("ActorShop", StringComparison.Ordinal) is true)
        .Where(static type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)));

    [Fact]
    public void GrainInterfaces_AndTheirMethods_HaveAliases()
    {
        var interfaces = Types.Where(static type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type)).ToArray();

        interfaces.ShouldNotBeEmpty();
        interfaces.Where(static type => AliasOf(type) is null).ShouldBeEmpty();
        interfaces.SelectMany(static type => type.GetInterfaces().Intersect(Types).Append(type)).SelectMany(static type => type.GetMethods())
            .Where(static method => AliasOf(method) is null).ShouldBeEmpty();
    }

    [Fact]
    public void WireTypes_HaveAliases() =>
        Types.Where(static type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            .Where(static type => AliasOf(type) is null)
            .ShouldBeEmpty();

    // Without it Orleans cannot read the name of a constructed type that came over the wire: shared.page`1[[…]].
    [Fact]
    public void AliasesOfGenericTypes_EndWithTheNumberOfTheirParameters() =>
        Types.Where(static type => type.IsGenericTypeDefinition && AliasOf(type) is not null)
            .Where(static type => !AliasOf(type)!.EndsWith(FormattableString.Invariant($"`{type.GetGenericArguments().Length}"), StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Aliases_AreUnique() =>
        Types.Select(static type => AliasOf(type)).OfType<string>()
            .GroupBy(static alias => alias, StringComparer.Ordinal)
            .Where(static group => group.Skip(1).Any())
            .Select(static group => group.Key)
            .ShouldBeEmpty();

    [Fact]
    public void Aliases_OnlyGrow()
    {
        // An alias is in other people's databases and on the wire: none may vanish. New ones are added to the list in the same commit.
        var approved = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "approved-aliases.txt"));
        var actual = Types.Select(static type => AliasOf(type)).OfType<string>().Order(StringComparer.Ordinal).ToArray();

        actual.ShouldBe(approved);
    }

    [Fact]
    public void EntityGrains_KeepTheirStateUnderTheNameOfTheirType()
    {
        // The index of due work holds state names and keys: together they must be the grain's id.
        var named = Types.Where(static type => type is { IsClass: true, IsAbstract: false } && typeof(Grain).IsAssignableFrom(type))
            .Select(static type => (Type: type, State: StateNameOf(type)))
            .Where(static grain => grain.State is not null)
            .ToArray();

        named.ShouldNotBeEmpty();
        named.Where(static grain => !string.Equals(grain.State, GrainTypeOf(grain.Type), StringComparison.Ordinal)).ShouldBeEmpty();
        named.Select(static grain => grain.State).Distinct(StringComparer.Ordinal).Count().ShouldBe(named.Length);
    }

    [Fact]
    public void NothingIsAsyncVoid() =>
        Types.SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(static method => method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
            .ShouldBeEmpty();

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    private static string? StateNameOf(Type grain) => grain.GetConstructors()
        .SelectMany(static constructor => constructor.GetParameters())
        .Select(static parameter => parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName)
        .FirstOrDefault(static name => name is not null);

    private static string? GrainTypeOf(Type grain) => grain.GetCustomAttributesData()
        .FirstOrDefault(static attribute => attribute.AttributeType == typeof(GrainTypeAttribute))
        ?.ConstructorArguments[0].Value as string;
}
