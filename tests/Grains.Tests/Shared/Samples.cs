using ActorShop.Testing;

namespace ActorShop;

/// <summary>The stored types of the shop, with an instance of each. The approved forms have its values.</summary>
internal static class Samples
{
    private static readonly Sampler Sampler = new(static (type, _) =>
        type == typeof(string) ? "text"
        : type == typeof(int) ? 3
        : type == typeof(long) ? 1299L
        : type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 3, 2, 12, 0, 0, 250, TimeSpan.Zero)
        : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(20)
        : type == typeof(Money) ? new Money(1299, "GBP")
        : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
        : null);

    public static ImmutableArray<Type> Heads { get; } =
    [
        .. typeof(ShopJson).Assembly.GetTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false } && typeof(IEntity).IsAssignableFrom(type))
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    public static ImmutableArray<Type> Events { get; } =
    [
        .. typeof(ShopJson).Assembly.GetTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false } && typeof(IEvent).IsAssignableFrom(type))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The closed hierarchy that a case belongs to; the type itself where it belongs to none.</summary>
    public static Type HierarchyOf(Type type) => type.BaseType is { IsAbstract: true } hierarchy ? hierarchy : type;

    public static object Of(Type type) => Sampler.Make(type) ?? throw new InvalidOperationException($"No sample of {type}.");
}
