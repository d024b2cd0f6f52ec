using System.Collections.Immutable;

namespace ActorShop.Generators.Tests.Contracts;

// One type for every shape that a contract of the shop may have.

[GenerateSerializer, Immutable, Alias("sku")]
public readonly record struct Sku(string Value);

[GenerateSerializer, Alias("money")]
public readonly record struct Money(decimal Amount, string Currency);

[GenerateSerializer]
public enum Tender : byte
{
    Card = 1,
    External = 7,
}

public enum Plain : long
{
    None,
    Much = long.MaxValue,
}

public abstract record ReserveResult
{
    private ReserveResult()
    {
    }

    [GenerateSerializer, Immutable, Alias("reserve.reserved")]
    public sealed record Reserved(DateTimeOffset ExpiresAt) : ReserveResult;

    [GenerateSerializer, Immutable, Alias("reserve.insufficient")]
    public sealed record Insufficient(int Available) : ReserveResult;

    [GenerateSerializer, Alias("reserve.partial")]
    public sealed record Partial(List<Sku> Missing) : ReserveResult;
}

[GenerateSerializer, Alias("line")]
public sealed record Line(Sku Sku, int Quantity, Money Price, string? Note);

[GenerateSerializer, Alias("order")]
public sealed record Order(Guid Key, ImmutableArray<Line> Lines)
{
    [Id(0)]
    public string? Comment { get; init; }

    [Id(1)]
    public required Tender Tender { get; init; }

    [Id(2)]
    public Dictionary<string, Money> Totals { get; init; } = [];

    public int Count => Lines.Length;
}

[GenerateSerializer]
public class Animal
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    private int _age;

    public int Age => _age;

    public void Grow() => _age++;
}

[GenerateSerializer]
public class Dog : Animal
{
    [Id(0)]
    public List<string> Tricks { get; private set; } = ["sit"];

    [Id(1)]
    public Dog? Friend { get; init; }
}

[GenerateSerializer]
public sealed class Puppy(int weight) : Dog
{
    [Id(0)]
    public int Weight { get; } = weight;

    [Id(1)]
    public readonly string Colour = "brown";
}

[GenerateSerializer, Alias("box")]
public class Box<T>
{
    [Id(0)]
    public T Content { get; set; } = default!;

    [Id(1)]
    internal List<T> Others { get; init; } = [];
}

[GenerateSerializer, Alias("pair")]
public readonly record struct Pair<TFirst, TSecond>(TFirst First, TSecond Second)
    where TFirst : notnull;

[GenerateSerializer]
internal sealed class Secretive
{
    private Secretive()
    {
    }

    [Id(0)]
    public string Secret { get; private init; } = "made";

    public static Secretive Tell(string secret) => new() { Secret = secret };
}

[GenerateSerializer]
public struct Point
{
    [Id(0)]
    public int X;

    [Id(1)]
    public int Y { get; set; }

    [Id(2)]
    public int[]? Trail { get; init; }
}

[GenerateSerializer]
public sealed record Everything(
    bool Flag,
    byte Byte,
    sbyte SByte,
    short Short,
    ushort UShort,
    int Int,
    uint UInt,
    long Long,
    ulong ULong,
    char Char,
    float Float,
    double Double,
    decimal Decimal,
    string Text,
    Guid Guid,
    DateTime Time,
    DateTimeOffset Moment,
    TimeSpan Span,
    DateOnly Day,
    TimeOnly Hour,
    Half Half,
    Int128 Big,
    UInt128 Bigger,
    Uri Address,
    byte[] Bytes,
    Plain Plain,
    Tender? Tender,
    int? Optional);

[GenerateSerializer]
public sealed class Collections
{
    [Id(0)]
    public int[] Array { get; set; } = [];

    [Id(1)]
    public List<Line> List { get; set; } = [];

    [Id(2)]
    public Dictionary<string, int> Dictionary { get; set; } = [];

    [Id(3)]
    public HashSet<Sku> Set { get; set; } = [];

    [Id(4)]
    public IReadOnlyList<int> ReadOnlyList { get; set; } = [];

    [Id(5)]
    public IEnumerable<string> Sequence { get; set; } = [];

    [Id(6)]
    public IReadOnlyDictionary<string, int> Map { get; set; } = ImmutableDictionary<string, int>.Empty;

    [Id(7)]
    public ImmutableArray<int> ImmutableArray { get; set; } = [];

    [Id(8)]
    public ImmutableList<string?> ImmutableList { get; set; } = [];

    [Id(9)]
    public ImmutableDictionary<Sku, Line> ImmutableMap { get; set; } = ImmutableDictionary<Sku, Line>.Empty;

    [Id(10)]
    public ImmutableSortedDictionary<string, int> Sorted { get; set; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    [Id(11)]
    public KeyValuePair<string, int> Entry { get; set; }

    [Id(12)]
    public (int Number, string? Name) Tuple { get; set; }

    [Id(13)]
    public Tuple<int, List<int>>? Reference { get; set; }

    [Id(14)]
    public object? Anything { get; set; }

    [Id(15)]
    public Queue<int> Queue { get; set; } = [];

    [Id(16)]
    public Stack<int> Stack { get; set; } = [];

    [Id(17)]
    public (int, int, int, int, int, int, int, string) Long { get; set; } = (1, 2, 3, 4, 5, 6, 7, "8");

    [Id(18)]
    public ImmutableHashSet<int> ImmutableSet { get; set; } = [];

    [Id(19)]
    public SortedDictionary<string, int> SortedMap { get; set; } = new(StringComparer.Ordinal);

    [Id(20)]
    public List<List<int?>?> Nested { get; set; } = [];
}

[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties)]
public sealed class Implicit
{
    public string Name { get; set; } = "";

    public int Number { get; init; }
}

[GenerateSerializer]
public class OutOfStockException : InvalidOperationException
{
    public OutOfStockException(string message, int left)
        : base(message) => Left = left;

    [Id(0)]
    public int Left { get; }
}
