using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ActorShop.Runtime.Serialization;

internal sealed class ArrayCodec<T>(ICodecProvider provider) : SequenceCodec<T[], T>(provider)
{
    protected override ReadOnlySpan<T> Items(T[] value) => new(value);

    protected override T[] Make(T[] items, uint comparer) => items;
}

internal sealed class ListCodec<T>(ICodecProvider provider) : SequenceCodec<List<T>, T>(provider)
{
    protected override ReadOnlySpan<T> Items(List<T> value) => CollectionsMarshal.AsSpan(value);

    protected override List<T> Make(T[] items, uint comparer) => [.. items];
}

internal sealed class HashSetCodec<T>(ICodecProvider provider) : SequenceCodec<HashSet<T>, T>(provider)
{
    protected override object ComparerOf(HashSet<T> value) => value.Comparer;

    protected override ReadOnlySpan<T> Items(HashSet<T> value) => value.ToArray();

    protected override HashSet<T> Make(T[] items, uint comparer) => new(items, Comparers.Equality<T>(comparer));

    protected override HashSet<T> Make(T[] items, HashSet<T> like) => new(items, like.Comparer);
}

internal sealed class SortedSetCodec<T>(ICodecProvider provider) : SequenceCodec<SortedSet<T>, T>(provider)
{
    protected override object ComparerOf(SortedSet<T> value) => value.Comparer;

    protected override ReadOnlySpan<T> Items(SortedSet<T> value) => value.ToArray();

    protected override SortedSet<T> Make(T[] items, uint comparer) => new(items, Comparers.Order<T>(comparer));

    protected override SortedSet<T> Make(T[] items, SortedSet<T> like) => new(items, like.Comparer);
}

internal sealed class QueueCodec<T>(ICodecProvider provider) : SequenceCodec<Queue<T>, T>(provider)
{
    protected override ReadOnlySpan<T> Items(Queue<T> value) => value.ToArray();

    protected override Queue<T> Make(T[] items, uint comparer) => new(items);
}

/// <summary>From the bottom to the top, as the elements were pushed.</summary>
internal sealed class StackCodec<T>(ICodecProvider provider) : SequenceCodec<Stack<T>, T>(provider)
{
    protected override ReadOnlySpan<T> Items(Stack<T> value)
    {
        var items = value.ToArray();
        Array.Reverse(items);
        return items;
    }

    protected override Stack<T> Make(T[] items, uint comparer) => new(items);
}

internal sealed class ImmutableArrayCodec<T>(ICodecProvider provider) : SequenceCodec<ImmutableArray<T>, T>(provider)
{
    public override bool IsImmutable => Item.IsImmutable;

    protected override bool IsNull(ImmutableArray<T> value) => value.IsDefault;

    protected override ReadOnlySpan<T> Items(ImmutableArray<T> value) => value.AsSpan();

    protected override ImmutableArray<T> Make(T[] items, uint comparer) => ImmutableCollectionsMarshal.AsImmutableArray(items);
}

internal sealed class ImmutableListCodec<T>(ICodecProvider provider) : SequenceCodec<ImmutableList<T>, T>(provider)
{
    public override bool IsImmutable => Item.IsImmutable;

    protected override ReadOnlySpan<T> Items(ImmutableList<T> value) => value.ToArray();

    protected override ImmutableList<T> Make(T[] items, uint comparer) => [.. items];
}

internal sealed class ImmutableHashSetCodec<T>(ICodecProvider provider) : SequenceCodec<ImmutableHashSet<T>, T>(provider)
{
    public override bool IsImmutable => Item.IsImmutable;

    protected override object ComparerOf(ImmutableHashSet<T> value) => value.KeyComparer;

    protected override ReadOnlySpan<T> Items(ImmutableHashSet<T> value) => value.ToArray();

    protected override ImmutableHashSet<T> Make(T[] items, uint comparer) => ImmutableHashSet.Create(Comparers.Equality<T>(comparer), items);

    protected override ImmutableHashSet<T> Make(T[] items, ImmutableHashSet<T> like) => ImmutableHashSet.Create(like.KeyComparer, items);
}

internal sealed class ImmutableSortedSetCodec<T>(ICodecProvider provider) : SequenceCodec<ImmutableSortedSet<T>, T>(provider)
{
    public override bool IsImmutable => Item.IsImmutable;

    protected override object ComparerOf(ImmutableSortedSet<T> value) => value.KeyComparer;

    protected override ReadOnlySpan<T> Items(ImmutableSortedSet<T> value) => value.ToArray();

    protected override ImmutableSortedSet<T> Make(T[] items, uint comparer) => ImmutableSortedSet.Create(Comparers.Order<T>(comparer), items);

    protected override ImmutableSortedSet<T> Make(T[] items, ImmutableSortedSet<T> like) => ImmutableSortedSet.Create(like.KeyComparer, items);
}

internal sealed class ImmutableQueueCodec<T>(ICodecProvider provider) : SequenceCodec<ImmutableQueue<T>, T>(provider)
{
    public override bool IsImmutable => Item.IsImmutable;

    protected override ReadOnlySpan<T> Items(ImmutableQueue<T> value) => value.ToArray();

    protected override ImmutableQueue<T> Make(T[] items, uint comparer) => [.. items];
}
