using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ActorShop.Generators.Tests.Contracts;
using Orleans.Concurrency;

namespace ActorShop.Generators.Tests.Serialization;

[Trait("Suite", "Unit")]
public sealed class RoundTripTests
{
    [Fact]
    public void Everything_ArrivesAsItWasSent()
    {
        var sent = new Everything(
            true, 255, -128, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue, 'ß', -1.5f, Math.PI,
            12.990m, "zwölf €", Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), new DateTime(2026, 11, 21, 3, 4, 5, DateTimeKind.Utc),
            new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(-3.5)), TimeSpan.FromTicks(-7), new DateOnly(2026, 2, 28), new TimeOnly(23, 59, 59, 999),
            (Half)0.1, Int128.MinValue, UInt128.MaxValue, new Uri("a/b?c=ä", UriKind.Relative), [1, 2, 3], Plain.Much, Tender.External, null);

        var received = Codecs.Travel(sent);

        received.ShouldBe(sent with { Bytes = received.Bytes });
        received.Bytes.ShouldBe(sent.Bytes);
        received.Decimal.ToString(CultureInfo.InvariantCulture).ShouldBe("12.990");
        received.Time.Kind.ShouldBe(DateTimeKind.Utc);
        received.Moment.Offset.ShouldBe(TimeSpan.FromHours(-3.5));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.00")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001")]
    public void Decimal_KeepsItsBits(string text)
    {
        var sent = decimal.Parse(text, CultureInfo.InvariantCulture);

        decimal.GetBits(Codecs.Travel(sent)).ShouldBe(decimal.GetBits(sent));
    }

    [Fact]
    public void Collections_ArriveAsTheTypesTheyWere()
    {
        var line = new Line(new Sku("a"), 1, new Money(2m, "EUR"), null);
        var sent = new Collections
        {
            Array = [1, 2],
            List = [line, line],
            Dictionary = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 },
            Set = [new Sku("x")],
            ReadOnlyList = ImmutableList.Create(4, 5),
            Sequence = Enumerable.Range(0, 2).Select(static n => n == 0 ? "a" : "b"),
            Map = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("k", 1),
            ImmutableArray = [7, 8],
            ImmutableList = ["a", null],
            ImmutableMap = ImmutableDictionary<Sku, Line>.Empty.Add(new Sku("y"), line),
            Sorted = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("b", 2).Add("B", 1),
            Entry = new KeyValuePair<string, int>("e", 9),
            Tuple = (3, "three"),
            Reference = Tuple.Create(1, new List<int> { 2 }),
            Anything = new List<object> { 1, "two", line, new ReserveResult.Insufficient(3) },
            Queue = new Queue<int>([1, 2, 3]),
            Stack = new Stack<int>([1, 2, 3]),
            ImmutableSet = [5],
            Nested = [null, [1, null]],
        };

        var received = Codecs.Travel(sent);

        received.Array.ShouldBe(sent.Array);
        received.List.ShouldBe(sent.List);
        received.Set.ShouldBe(sent.Set);
        received.ImmutableArray.ShouldBe([7, 8]);
        received.ImmutableList.ShouldBe(["a", null]);
        received.ImmutableMap.ShouldBe(sent.ImmutableMap);
        received.Entry.ShouldBe(sent.Entry);
        received.Tuple.ShouldBe((3, "three"));
        received.Reference.ShouldNotBeNull().Item2.ShouldBe([2]);
        received.Long.ShouldBe(sent.Long);
        received.ImmutableSet.ShouldBe([5]);
        received.Nested.ShouldBe(sent.Nested);
        received.Dictionary.ContainsKey("a").ShouldBeTrue();
        received.ReadOnlyList.ShouldBeOfType<ImmutableList<int>>();
        received.Sequence.ShouldBe(["a", "b"]);
        received.Map.ShouldBeOfType<ImmutableSortedDictionary<string, int>>();
        received.Sorted.Keys.ShouldBe(["B", "b"]);
        received.Queue.ShouldBe([1, 2, 3]);
        received.Stack.Pop().ShouldBe(3);
        received.Anything.ShouldBeOfType<List<object>>()[3].ShouldBe(new ReserveResult.Insufficient(3));
    }

    [Fact]
    public void ClosedHierarchy_ArrivesAsItsCase()
    {
        ReserveResult sent = new ReserveResult.Reserved(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        Codecs.Travel(sent).ShouldBe(sent);
        Codecs.Travel<ReserveResult?>(null).ShouldBeNull();
    }

    [Fact]
    public void RecordWithPositionsAndIds_ArrivesWithBoth()
    {
        var sent = new Order(Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), [new Line(new Sku("a"), 2, new Money(1.5m, "EUR"), "n")])
        {
            Comment = "c",
            Tender = Tender.Card,
            Totals = new Dictionary<string, Money>(StringComparer.Ordinal) { ["all"] = new(3m, "EUR") },
        };

        var received = Codecs.Travel(sent);

        (received with { Lines = sent.Lines, Totals = sent.Totals }).ShouldBe(sent);
        received.Lines.ShouldBe(sent.Lines);
        received.Totals.ShouldBe(sent.Totals);
        received.Count.ShouldBe(1);
    }

    [Fact]
    public void DerivedClass_ArrivesWithEveryLevel_ThroughItsBase()
    {
        var sent = new Puppy(7) { Name = "Rex", Friend = new Dog { Name = "Bob" } };
        sent.Grow();
        sent.Tricks.Add("roll");

        var received = Codecs.Travel<Animal>(sent).ShouldBeOfType<Puppy>();

        received.Name.ShouldBe("Rex");
        received.Age.ShouldBe(1);
        received.Tricks.ShouldBe(["sit", "roll"]);
        received.Weight.ShouldBe(7);
        received.Colour.ShouldBe("brown");
        received.Friend.ShouldNotBeNull().Name.ShouldBe("Bob");
    }

    [Fact]
    public void GenericTypes_ArriveWithTheirArguments()
    {
        var box = new Box<Money> { Content = new Money(1m, "EUR"), Others = { new Money(2m, "USD") } };

        var received = Codecs.Travel<object>(box).ShouldBeOfType<Box<Money>>();

        received.Content.ShouldBe(box.Content);
        received.Others.ShouldBe(box.Others);
        Codecs.Travel(new Pair<string, int[]>("a", [1])).Second.ShouldBe([1]);
        Codecs.Travel<object>(new Pair<string, int>("a", 1)).ShouldBe(new Pair<string, int>("a", 1));
    }

    [Fact]
    public void PrivateMembers_ArriveThoughNobodyCanSetThem()
    {
        Codecs.Travel(Secretive.Tell("s")).Secret.ShouldBe("s");
        var point = Codecs.Travel(new Point { X = 1, Y = 2, Trail = [3] });
        (point.X, point.Y, point.Trail).ShouldBe((1, 2, point.Trail));
        point.Trail.ShouldBe([3]);
        var named = Codecs.Travel(new Implicit { Name = "n", Number = 4 });
        (named.Name, named.Number).ShouldBe(("n", 4));
    }

    [Fact]
    public void Immutable_ArrivesWithItsValue()
    {
        Codecs.Travel(new List<int> { 1 }.AsImmutable()).Value.ShouldBe([1]);
        Codecs.Travel<object>(new Sku("a").AsImmutable()).ShouldBe(new Sku("a").AsImmutable());
    }

    [Fact]
    public void DefaultImmutableArray_StaysDefault() => Codecs.Travel(default(ImmutableArray<int>)).IsDefault.ShouldBeTrue();

    [Fact]
    public void TypeWithoutCodec_IsNamedInTheComplaint()
    {
        Should.Throw<Orleans.Serialization.CodecNotFoundException>(() => Codecs.Copy(new JsonSerializerOptions()))
            .Message.ShouldBe("Could not find a copier for type System.Text.Json.JsonSerializerOptions.");
        Should.Throw<Orleans.Serialization.CodecNotFoundException>(() => Codecs.Travel<object>(new JsonSerializerOptions()));
        Should.Throw<Orleans.Serialization.CodecNotFoundException>(() => Codecs.Travel(new List<Action>()));
    }
}
