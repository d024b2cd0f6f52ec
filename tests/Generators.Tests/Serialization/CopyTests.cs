using System.Collections.Immutable;
using ActorShop.Generators.Tests.Contracts;
using Orleans.Concurrency;

namespace ActorShop.Generators.Tests.Serialization;

[Trait("Suite", "Unit")]
public sealed class CopyTests
{
    private static readonly Line Line = new(new Sku("a"), 1, new Money(2m, "EUR"), null);

    [Fact]
    public void WhatNobodyCanChange_IsShared()
    {
        var text = new string('x', 3);
        var numbers = ImmutableList.Create(1, 2);
        ReserveResult reserved = new ReserveResult.Reserved(DateTimeOffset.UnixEpoch);
        var wrapped = new List<int> { 1 }.AsImmutable();

        Codecs.Copy(text).ShouldBeSameAs(text);
        Codecs.Copy(numbers).ShouldBeSameAs(numbers);
        Codecs.Copy(reserved).ShouldBeSameAs(reserved);
        Codecs.Copy(wrapped).Value.ShouldBeSameAs(wrapped.Value);
        Codecs.Provider.GetCodec<Sku>().IsImmutable.ShouldBeTrue();
        Codecs.Provider.GetCodec<Money>().IsImmutable.ShouldBeTrue();
        Codecs.Provider.GetCodec<ImmutableArray<Money>>().IsImmutable.ShouldBeTrue();
        Codecs.Provider.GetCodec<Pair<string, int>>().IsImmutable.ShouldBeTrue();
        Codecs.Provider.GetCodec<(int, string)>().IsImmutable.ShouldBeTrue();
    }

    [Fact]
    public void WhatSomebodyCanChange_IsCopied()
    {
        // A record that does not say it is immutable is copied, as on Orleans.
        Codecs.Copy(Line).ShouldNotBeSameAs(Line);
        Codecs.Copy(Line).ShouldBe(Line);
        Codecs.Provider.GetCodec<Pair<string, int[]>>().IsImmutable.ShouldBeFalse();
        Codecs.Provider.GetCodec<ImmutableArray<Line>>().IsImmutable.ShouldBeFalse();
        Codecs.Provider.GetCodec<Point>().IsImmutable.ShouldBeFalse();

        byte[] bytes = [1];
        Codecs.Copy(bytes).ShouldNotBeSameAs(bytes);
        int[] numbers = [1];
        Codecs.Copy<object>(numbers).ShouldNotBeSameAs(numbers);
        Codecs.Copy<IReadOnlyList<int>>(numbers).ShouldNotBeSameAs(numbers);
    }

    [Fact]
    public void CaseOfAHierarchy_IsCopiedByItsOwnRule()
    {
        var missing = new List<Sku> { new("a") };
        ReserveResult partial = new ReserveResult.Partial(missing);

        var copy = Codecs.Copy(partial).ShouldBeOfType<ReserveResult.Partial>();
        missing.Add(new Sku("b"));

        copy.Missing.ShouldBe([new Sku("a")]);
    }

    [Fact]
    public void Copy_GoesDownEveryLevel()
    {
        var puppy = new Puppy(3) { Name = "Rex", Friend = new Dog { Name = "Bob" } };
        puppy.Grow();
        var point = new Point { Trail = [1] };
        Dictionary<string, List<int>> map = new(StringComparer.OrdinalIgnoreCase) { ["A"] = [1] };

        var copy = Codecs.Copy<Animal>(puppy).ShouldBeOfType<Puppy>();
        var pointCopy = Codecs.Copy(point);
        var mapCopy = Codecs.Copy(map);
        puppy.Tricks.Clear();
        puppy.Friend!.Name = "Tom";
        point.Trail![0] = 2;
        map["A"].Clear();

        (copy.Name, copy.Age, copy.Weight, copy.Colour).ShouldBe(("Rex", 1, 3, "brown"));
        copy.Tricks.ShouldBe(["sit"]);
        copy.Friend!.Name.ShouldBe("Bob");
        pointCopy.Trail.ShouldBe([1]);
        mapCopy["a"].ShouldBe([1]);
    }

    [Fact]
    public void Collections_AreCopiedAsTheTypesTheyAre()
    {
        var collections = new Collections
        {
            Stack = new Stack<int>([1, 2, 3]),
            ReadOnlyList = ImmutableArray.Create(1),
            Map = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1 },
            Set = new HashSet<Sku>([new Sku("a")]),
            Sequence = Enumerable.Repeat("a", 2),
        };

        var copy = Codecs.Copy(collections);

        copy.Stack.ShouldBe([3, 2, 1]);
        copy.ReadOnlyList.ShouldBeOfType<ImmutableArray<int>>();
        copy.Map.ShouldBeOfType<SortedDictionary<string, int>>().ShouldNotBeSameAs(collections.Map);
        copy.Set.ShouldNotBeSameAs(collections.Set);
        copy.Sequence.ShouldBe(["a", "a"]);
    }

    [Fact]
    public void Elements_AreCopiedWithTheirCollection()
    {
        int[] inner = [1];
        var list = new List<int[]> { inner };
        var array = ImmutableArray.Create<int[]>(inner);
        var map = ImmutableDictionary<string, int[]>.Empty.Add("a", inner);
        var entry = KeyValuePair.Create("a", inner);
        var tuple = (1, inner);
        IReadOnlyCollection<int[]> sequence = list;
        object anything = list;

        int[][] copies =
        [
            Codecs.Copy(list)[0], Codecs.Copy(array)[0], Codecs.Copy(map)["a"], Codecs.Copy(entry).Value, Codecs.Copy(tuple).inner,
            Codecs.Copy(Tuple.Create(inner)).Item1, Codecs.Copy(sequence).Single(), ((List<int[]>)Codecs.Copy(anything))[0],
            Codecs.Copy(new Box<int[]> { Content = inner }).Content,
        ];

        copies.ShouldAllBe(copy => copy != inner && copy.Length == 1 && copy[0] == 1);
    }

    [Fact]
    public void Cycle_FailsItsCallAndNotTheProcess()
    {
        var box = new Box<object>();
        box.Content = box;

        Should.Throw<InsufficientExecutionStackException>(() => Codecs.Copy(box));
        Should.Throw<ActorShop.Runtime.Serialization.WireException>(() => Codecs.Write(box))
            .Fault.ShouldBe(ActorShop.Runtime.Serialization.WireFault.TooDeep);
    }
}
