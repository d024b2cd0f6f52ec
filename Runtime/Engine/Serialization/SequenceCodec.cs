using System.Runtime.CompilerServices;

namespace ActorShop.Runtime.Serialization;

/// <summary>What collections of single elements have in common: field 0 is the count, field 1 each element, field 2 a comparer.</summary>
/// <typeparam name="TCollection">The collection.</typeparam>
/// <typeparam name="T">The element.</typeparam>
internal abstract class SequenceCodec<TCollection, T>(ICodecProvider provider) : Codec<TCollection>
{
    private const uint CountField = 0;
    private const uint ItemField = 1;
    private const uint ComparerField = 2;

    // An announced count is a promise of somebody unknown: room beyond this is made when the elements are there.
    private const int TrustedCount = 1024;

    private LateCodec<T> _item = new(provider);

    public override bool IsImmutable => false;

    protected Codec<T> Item => _item.Value;

    public sealed override void WriteField(ref WireWriter writer, uint fieldId, TCollection value)
    {
        if (IsNull(value))
        {
            writer.WriteNull(fieldId);
            return;
        }

        writer.StartObject(fieldId);
        var items = Items(value);
        writer.WriteUInt32(CountField, (uint)items.Length);
        if (ComparerOf(value) is { } comparer && Comparers.NumberOf<T>(comparer) is var number and not 0)
        {
            writer.WriteUInt32(ComparerField, number);
        }

        var codec = Item;
        foreach (var item in items)
        {
            codec.WriteField(ref writer, ItemField, item);
        }

        writer.EndObject();
    }

    public sealed override TCollection ReadValue(ref WireReader reader, WireTag tag)
    {
        if (tag.IsNull)
        {
            return default!;
        }

        reader.StartObject(tag);
        var codec = Item;
        var items = Array.Empty<T>();
        var count = 0;
        var announced = 0;
        uint comparer = 0;
        while (reader.TryReadMember(out tag))
        {
            switch (tag.FieldId)
            {
                case CountField:
                    announced = reader.ReadCount(tag);
                    items = announced == 0 ? items : new T[Math.Min(announced, TrustedCount)];
                    break;
                case ItemField:
                    if (count >= announced)
                    {
                        throw new WireException(WireFault.InvalidValue, "The data has more elements than it announced.");
                    }

                    if (count == items.Length)
                    {
                        Array.Resize(ref items, Math.Min(announced, count * 2));
                    }

                    items[count++] = codec.ReadValue(ref reader, tag);
                    break;
                case ComparerField:
                    comparer = reader.ReadUInt32(tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (count != announced)
        {
            throw new WireException(WireFault.InvalidValue, "The data has fewer elements than it announced.");
        }

        return Build(items, comparer);
    }

    public sealed override TCollection Copy(TCollection value)
    {
        if (IsNull(value) || IsImmutable)
        {
            return value;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        var codec = Item;
        var items = Items(value);
        var copies = items.ToArray();
        if (!codec.IsImmutable)
        {
            for (var i = 0; i < copies.Length; i++)
            {
                copies[i] = codec.Copy(copies[i]);
            }
        }

        return Make(copies, value);
    }

    /// <summary>Whether there is nothing to enumerate, not even no elements.</summary>
    protected virtual bool IsNull(TCollection value) => value is null;

    /// <summary>The comparer, where the collection has one.</summary>
    protected virtual object? ComparerOf(TCollection value) => null;

    /// <summary>The elements, in the order in which <see cref="Make(T[], uint)"/> expects them.</summary>
    protected abstract ReadOnlySpan<T> Items(TCollection value);

    /// <summary>A collection of elements that nobody else has; the comparer by its number.</summary>
    protected abstract TCollection Make(T[] items, uint comparer);

    /// <summary>A collection of elements that nobody else has, with the comparer of another.</summary>
    protected virtual TCollection Make(T[] items, TCollection like) => Make(items, 0u);

    private TCollection Build(T[] items, uint comparer)
    {
        try
        {
            return Make(items, comparer);
        }
        catch (Exception exception) when (exception is not WireException)
        {
            // Whatever an element's own equality or order does with members that were left out.
            throw new WireException(WireFault.InvalidValue, $"The data is no valid {typeof(TCollection)}.", exception);
        }
    }
}
