using System.Reflection;
using System.Runtime.CompilerServices;
using ActorShop.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace ActorShop.Storage;

/// <summary>
/// Goal: whatever grains and storage throw reaches a caller in another process as what it is. Method: every exception type of the three assemblies through the
/// serializer of Orleans.
/// </summary>
public sealed class ExceptionTests
{
    private static readonly Assembly[] Assemblies = [typeof(ShopGrains).Assembly, typeof(ShopGrainsExtensions).Assembly, typeof(PostgresDatabase).Assembly];

    public static TheoryData<Type> Exceptions => [.. Assemblies.SelectMany(static assembly => assembly.GetTypes()).Where(static type => type.IsSubclassOf(typeof(Exception)))];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Exception_SurvivesSerialization(Type type)
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var thrown = Make(type);

        var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(thrown));

        arrived.ShouldNotBeNull();
        arrived.GetType().ShouldBe(type);
        arrived.Message.ShouldBe(thrown.Message);
    }

    [Fact]
    public void Exceptions_AreFound() => Exceptions.Count.ShouldBeGreaterThanOrEqualTo(4);

    private static Exception Make(Type type)
    {
        foreach (var constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            object?[] arguments = [.. constructor.GetParameters().Select(static parameter =>
                parameter.ParameterType == typeof(string) ? "in words"
                : parameter.ParameterType == typeof(int) ? 7
                : parameter.ParameterType == typeof(Exception) ? new IOException("the cause")
                : (object?)null)];
            if (Array.TrueForAll(arguments, static argument => argument is not null))
            {
                return (Exception)constructor.Invoke(arguments);
            }
        }

        return (Exception)RuntimeHelpers.GetUninitializedObject(type);
    }
}
