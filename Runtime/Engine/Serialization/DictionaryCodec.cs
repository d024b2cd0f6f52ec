using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace ActorShop.Runtime.Serialization;

/// <summary>What dictionaries have in common: field 0 is the count, fields 1 and 2 key and value in turn, field 3 a comparer.</summary>
internal abstract class DictionaryCodec<TDictionary, TKey, TValue>(ICodecProvider provider) : Codec<TDictionary>
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private const uint CountField = 0;
    private const uint KeyField = 1;
    private const uint ValueField = 2;
    private const uint ComparerField = 3;

    private LateCodec<TKey> _key = new(provider);
    private LateCodec<TValue> _value = new(provider);

    public override bool IsImmutable => false;

    protected bool HoldsImmutables => _key.Value.IsImmutable && _value.Value.IsImmutable;

    public sealed override void WriteField(ref WireWriter writer, uint fieldId, TDictionary value)
    {
        if (value is null)
        {
            writer.WriteNull(fieldId);
            return;
        }

        writer.StartObject(fieldId);
        writer.WriteUInt32(CountField, (uint)CountOf(value));
        if (Comparers.NumberOf<TKey>(ComparerOf(value)) is var number and not 0)
        {
            writer.WriteUInt32(ComparerField, number);
        }

        var keys = _key.Value;
        var values = _value.Value;
        foreach (var (key, content) in value)
        {
            keys.WriteField(ref writer, KeyField, key);
            values.WriteField(ref writer, ValueField, content);
        }

        writer.EndObject();
    }

    public sealed override TDictionary ReadValue(ref WireReader reader, WireTag tag)
    {
        if (tag.IsNull)
        {
            return null!;
        }

        reader.StartObject(tag);
        var entries = new List<KeyValuePair<TKey, TValue>>();
        var announced = 0;
        uint comparer = 0;
        while (reader.TryReadMember(out tag))
        {
            switch (tag.FieldId)
            {
                case CountField:
                    announced = reader.ReadCount(tag);
                    break;
                case KeyField:
                    entries.Add(ReadEntry(ref reader, tag));
                    break;
                case ComparerField:
                    comparer = reader.ReadUInt32(tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        if (entries.Count != announced)
        {
            throw new WireException(WireFault.InvalidValue, "The data has another number of entries than it announced.");
        }

        return Build(entries, comparer);
    }

    public sealed override TDictionary Copy(TDictionary value)
    {
        if (value is null || IsImmutable)
        {
            return value!;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        var keys = _key.Value;
        var values = _value.Value;
        return HoldsImmutables
            ? Make(value, ComparerOf(value))
            : Make(value.Select(entry => KeyValuePair.Create(keys.Copy(entry.Key), values.Copy(entry.Value))), ComparerOf(value));
    }

    protected abstract int CountOf(TDictionary value);

    protected abstract object ComparerOf(TDictionary value);

    /// <summary>The comparer with a number.</summary>
    protected abstract object Comparer(uint number);

    /// <summary>A dictionary of its own; fails on a key that is there already.</summary>
    protected abstract TDictionary Make(IEnumerable<KeyValuePair<TKey, TValue>> entries, object comparer);

    private KeyValuePair<TKey, TValue> ReadEntry(ref WireReader reader, WireTag tag)
    {
        var key = _key.Value.ReadValue(ref reader, tag);
        if (!reader.TryReadMember(out tag) || tag.FieldId != ValueField)
        {
            throw new WireException(WireFault.UnexpectedType, "The data has a key without a value.");
        }

        return KeyValuePair.Create(key, _value.Value.ReadValue(ref reader, tag));
    }

    private TDictionary Build(List<KeyValuePair<TKey, TValue>> entries, uint comparer)
    {
        try
        {
            return Make(entries, Comparer(comparer));
        }
        catch (Exception exception) when (exception is not WireException)
        {
            // A key twice, a null key, or whatever a key's own equality does with members that were left out.
            throw new WireException(WireFault.InvalidValue, $"The data is no valid {typeof(TDictionary)}.", exception);
        }
    }
}

internal sealed class DictionaryCodec<TKey, TValue>(ICodecProvider provider)
    : DictionaryCodec<Dictionary<TKey, TValue>, TKey, TValue>(provider)
    where TKey : notnull
{
    protected override int CountOf(Dictionary<TKey, TValue> value) => value.Count;

    protected override object ComparerOf(Dictionary<TKey, TValue> value) => value.Comparer;

    protected override object Comparer(uint number) => Comparers.Equality<TKey>(number) ?? EqualityComparer<TKey>.Default;

    protected override Dictionary<TKey, TValue> Make(IEnumerable<KeyValuePair<TKey, TValue>> entries, object comparer) =>
        new(entries, (IEqualityComparer<TKey>)comparer);
}

internal sealed class SortedDictionaryCodec<TKey, TValue>(ICodecProvider provider)
    : DictionaryCodec<SortedDictionary<TKey, TValue>, TKey, TValue>(provider)
    where TKey : notnull
{
    protected override int CountOf(SortedDictionary<TKey, TValue> value) => value.Count;

    protected override object ComparerOf(SortedDictionary<TKey, TValue> value) => value.Comparer;

    protected override object Comparer(uint number) => Comparers.Order<TKey>(number);

    protected override SortedDictionary<TKey, TValue> Make(IEnumerable<KeyValuePair<TKey, TValue>> entries, object comparer)
    {
        var made = new SortedDictionary<TKey, TValue>((IComparer<TKey>)comparer);
        foreach (var (key, value) in entries)
        {
            made.Add(key, value);
        }

        return made;
    }
}

internal sealed class ImmutableDictionaryCodec<TKey, TValue>(ICodecProvider provider)
    : DictionaryCodec<ImmutableDictionary<TKey, TValue>, TKey, TValue>(provider)
    where TKey : notnull
{
    public override bool IsImmutable => HoldsImmutables;

    protected override int CountOf(ImmutableDictionary<TKey, TValue> value) => value.Count;

    protected override object ComparerOf(ImmutableDictionary<TKey, TValue> value) => value.KeyComparer;

    protected override object Comparer(uint number) => Comparers.Equality<TKey>(number) ?? EqualityComparer<TKey>.Default;

    protected override ImmutableDictionary<TKey, TValue> Make(IEnumerable<KeyValuePair<TKey, TValue>> entries, object comparer)
    {
        var builder = ImmutableDictionary.CreateBuilder<TKey, TValue>((IEqualityComparer<TKey>)comparer);
        foreach (var (key, value) in entries)
        {
            builder.Add(key, value);
        }

        return builder.ToImmutable();
    }
}

internal sealed class ImmutableSortedDictionaryCodec<TKey, TValue>(ICodecProvider provider)
    : DictionaryCodec<ImmutableSortedDictionary<TKey, TValue>, TKey, TValue>(provider)
    where TKey : notnull
{
    public override bool IsImmutable => HoldsImmutables;

    protected override int CountOf(ImmutableSortedDictionary<TKey, TValue> value) => value.Count;

    protected override object ComparerOf(ImmutableSortedDictionary<TKey, TValue> value) => value.KeyComparer;

    protected override object Comparer(uint number) => Comparers.Order<TKey>(number);

    protected override ImmutableSortedDictionary<TKey, TValue> Make(IEnumerable<KeyValuePair<TKey, TValue>> entries, object comparer)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<TKey, TValue>((IComparer<TKey>)comparer);
        foreach (var (key, value) in entries)
        {
            builder.Add(key, value);
        }

        return builder.ToImmutable();
    }
}
