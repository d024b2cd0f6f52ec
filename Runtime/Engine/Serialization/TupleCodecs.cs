namespace ActorShop.Runtime.Serialization;

// The item at position n is field n; the eighth is the tuple of all that follow.

/// <summary>What the tuples that are objects have in common.</summary>
internal abstract class TupleCodecOfReference<TTuple> : Codec<TTuple>
    where TTuple : class
{
    public sealed override void WriteField(ref WireWriter writer, uint fieldId, TTuple value)
    {
        if (value is null)
        {
            writer.WriteNull(fieldId);
            return;
        }

        writer.StartObject(fieldId);
        WriteItems(ref writer, value);
        writer.EndObject();
    }

    public sealed override TTuple ReadValue(ref WireReader reader, WireTag tag)
    {
        if (tag.IsNull)
        {
            return null!;
        }

        reader.StartObject(tag);
        return ReadItems(ref reader);
    }

    public sealed override TTuple Copy(TTuple value) => value is null || IsImmutable ? value! : CopyItems(value);

    protected abstract void WriteItems(ref WireWriter writer, TTuple value);

    protected abstract TTuple ReadItems(ref WireReader reader);

    protected abstract TTuple CopyItems(TTuple value);
}

internal sealed class TupleCodec<T1>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1>>
{
    private LateCodec<T1> _codec1 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
    }

    protected override Tuple<T1> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1>(item1);
    }

    protected override Tuple<T1> CopyItems(Tuple<T1> value) => new(
        _codec1.Value.Copy(value.Item1));
}

internal sealed class TupleCodec<T1, T2>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1, T2>>
{
    private LateCodec<T1> _codec1 = new(provider);
    private LateCodec<T2> _codec2 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable && _codec2.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1, T2> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
        _codec2.Value.WriteField(ref writer, 2, value.Item2);
    }

    protected override Tuple<T1, T2> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        var item2 = default(T2)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    item2 = _codec2.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1, T2>(item1, item2);
    }

    protected override Tuple<T1, T2> CopyItems(Tuple<T1, T2> value) => new(
        _codec1.Value.Copy(value.Item1),
        _codec2.Value.Copy(value.Item2));
}

internal sealed class TupleCodec<T1, T2, T3>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1, T2, T3>>
{
    private LateCodec<T1> _codec1 = new(provider);
    private LateCodec<T2> _codec2 = new(provider);
    private LateCodec<T3> _codec3 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable && _codec2.Value.IsImmutable && _codec3.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1, T2, T3> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
        _codec2.Value.WriteField(ref writer, 2, value.Item2);
        _codec3.Value.WriteField(ref writer, 3, value.Item3);
    }

    protected override Tuple<T1, T2, T3> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        var item2 = default(T2)!;
        var item3 = default(T3)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    item2 = _codec2.Value.ReadValue(ref reader, tag);
                    break;
                case 3:
                    item3 = _codec3.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1, T2, T3>(item1, item2, item3);
    }

    protected override Tuple<T1, T2, T3> CopyItems(Tuple<T1, T2, T3> value) => new(
        _codec1.Value.Copy(value.Item1),
        _codec2.Value.Copy(value.Item2),
        _codec3.Value.Copy(value.Item3));
}

internal sealed class TupleCodec<T1, T2, T3, T4>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1, T2, T3, T4>>
{
    private LateCodec<T1> _codec1 = new(provider);
    private LateCodec<T2> _codec2 = new(provider);
    private LateCodec<T3> _codec3 = new(provider);
    private LateCodec<T4> _codec4 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable && _codec2.Value.IsImmutable && _codec3.Value.IsImmutable && _codec4.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1, T2, T3, T4> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
        _codec2.Value.WriteField(ref writer, 2, value.Item2);
        _codec3.Value.WriteField(ref writer, 3, value.Item3);
        _codec4.Value.WriteField(ref writer, 4, value.Item4);
    }

    protected override Tuple<T1, T2, T3, T4> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        var item2 = default(T2)!;
        var item3 = default(T3)!;
        var item4 = default(T4)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    item2 = _codec2.Value.ReadValue(ref reader, tag);
                    break;
                case 3:
                    item3 = _codec3.Value.ReadValue(ref reader, tag);
                    break;
                case 4:
                    item4 = _codec4.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1, T2, T3, T4>(item1, item2, item3, item4);
    }

    protected override Tuple<T1, T2, T3, T4> CopyItems(Tuple<T1, T2, T3, T4> value) => new(
        _codec1.Value.Copy(value.Item1),
        _codec2.Value.Copy(value.Item2),
        _codec3.Value.Copy(value.Item3),
        _codec4.Value.Copy(value.Item4));
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1, T2, T3, T4, T5>>
{
    private LateCodec<T1> _codec1 = new(provider);
    private LateCodec<T2> _codec2 = new(provider);
    private LateCodec<T3> _codec3 = new(provider);
    private LateCodec<T4> _codec4 = new(provider);
    private LateCodec<T5> _codec5 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable && _codec2.Value.IsImmutable && _codec3.Value.IsImmutable && _codec4.Value.IsImmutable && _codec5.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1, T2, T3, T4, T5> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
        _codec2.Value.WriteField(ref writer, 2, value.Item2);
        _codec3.Value.WriteField(ref writer, 3, value.Item3);
        _codec4.Value.WriteField(ref writer, 4, value.Item4);
        _codec5.Value.WriteField(ref writer, 5, value.Item5);
    }

    protected override Tuple<T1, T2, T3, T4, T5> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        var item2 = default(T2)!;
        var item3 = default(T3)!;
        var item4 = default(T4)!;
        var item5 = default(T5)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    item2 = _codec2.Value.ReadValue(ref reader, tag);
                    break;
                case 3:
                    item3 = _codec3.Value.ReadValue(ref reader, tag);
                    break;
                case 4:
                    item4 = _codec4.Value.ReadValue(ref reader, tag);
                    break;
                case 5:
                    item5 = _codec5.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1, T2, T3, T4, T5>(item1, item2, item3, item4, item5);
    }

    protected override Tuple<T1, T2, T3, T4, T5> CopyItems(Tuple<T1, T2, T3, T4, T5> value) => new(
        _codec1.Value.Copy(value.Item1),
        _codec2.Value.Copy(value.Item2),
        _codec3.Value.Copy(value.Item3),
        _codec4.Value.Copy(value.Item4),
        _codec5.Value.Copy(value.Item5));
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5, T6>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1, T2, T3, T4, T5, T6>>
{
    private LateCodec<T1> _codec1 = new(provider);
    private LateCodec<T2> _codec2 = new(provider);
    private LateCodec<T3> _codec3 = new(provider);
    private LateCodec<T4> _codec4 = new(provider);
    private LateCodec<T5> _codec5 = new(provider);
    private LateCodec<T6> _codec6 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable && _codec2.Value.IsImmutable && _codec3.Value.IsImmutable && _codec4.Value.IsImmutable && _codec5.Value.IsImmutable && _codec6.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1, T2, T3, T4, T5, T6> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
        _codec2.Value.WriteField(ref writer, 2, value.Item2);
        _codec3.Value.WriteField(ref writer, 3, value.Item3);
        _codec4.Value.WriteField(ref writer, 4, value.Item4);
        _codec5.Value.WriteField(ref writer, 5, value.Item5);
        _codec6.Value.WriteField(ref writer, 6, value.Item6);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        var item2 = default(T2)!;
        var item3 = default(T3)!;
        var item4 = default(T4)!;
        var item5 = default(T5)!;
        var item6 = default(T6)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    item2 = _codec2.Value.ReadValue(ref reader, tag);
                    break;
                case 3:
                    item3 = _codec3.Value.ReadValue(ref reader, tag);
                    break;
                case 4:
                    item4 = _codec4.Value.ReadValue(ref reader, tag);
                    break;
                case 5:
                    item5 = _codec5.Value.ReadValue(ref reader, tag);
                    break;
                case 6:
                    item6 = _codec6.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1, T2, T3, T4, T5, T6>(item1, item2, item3, item4, item5, item6);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6> CopyItems(Tuple<T1, T2, T3, T4, T5, T6> value) => new(
        _codec1.Value.Copy(value.Item1),
        _codec2.Value.Copy(value.Item2),
        _codec3.Value.Copy(value.Item3),
        _codec4.Value.Copy(value.Item4),
        _codec5.Value.Copy(value.Item5),
        _codec6.Value.Copy(value.Item6));
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5, T6, T7>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1, T2, T3, T4, T5, T6, T7>>
{
    private LateCodec<T1> _codec1 = new(provider);
    private LateCodec<T2> _codec2 = new(provider);
    private LateCodec<T3> _codec3 = new(provider);
    private LateCodec<T4> _codec4 = new(provider);
    private LateCodec<T5> _codec5 = new(provider);
    private LateCodec<T6> _codec6 = new(provider);
    private LateCodec<T7> _codec7 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable && _codec2.Value.IsImmutable && _codec3.Value.IsImmutable && _codec4.Value.IsImmutable && _codec5.Value.IsImmutable && _codec6.Value.IsImmutable && _codec7.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
        _codec2.Value.WriteField(ref writer, 2, value.Item2);
        _codec3.Value.WriteField(ref writer, 3, value.Item3);
        _codec4.Value.WriteField(ref writer, 4, value.Item4);
        _codec5.Value.WriteField(ref writer, 5, value.Item5);
        _codec6.Value.WriteField(ref writer, 6, value.Item6);
        _codec7.Value.WriteField(ref writer, 7, value.Item7);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        var item2 = default(T2)!;
        var item3 = default(T3)!;
        var item4 = default(T4)!;
        var item5 = default(T5)!;
        var item6 = default(T6)!;
        var item7 = default(T7)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    item2 = _codec2.Value.ReadValue(ref reader, tag);
                    break;
                case 3:
                    item3 = _codec3.Value.ReadValue(ref reader, tag);
                    break;
                case 4:
                    item4 = _codec4.Value.ReadValue(ref reader, tag);
                    break;
                case 5:
                    item5 = _codec5.Value.ReadValue(ref reader, tag);
                    break;
                case 6:
                    item6 = _codec6.Value.ReadValue(ref reader, tag);
                    break;
                case 7:
                    item7 = _codec7.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1, T2, T3, T4, T5, T6, T7>(item1, item2, item3, item4, item5, item6, item7);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7> CopyItems(Tuple<T1, T2, T3, T4, T5, T6, T7> value) => new(
        _codec1.Value.Copy(value.Item1),
        _codec2.Value.Copy(value.Item2),
        _codec3.Value.Copy(value.Item3),
        _codec4.Value.Copy(value.Item4),
        _codec5.Value.Copy(value.Item5),
        _codec6.Value.Copy(value.Item6),
        _codec7.Value.Copy(value.Item7));
}

internal sealed class TupleCodec<T1, T2, T3, T4, T5, T6, T7, TRest>(ICodecProvider provider) : TupleCodecOfReference<Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : notnull
{
    private LateCodec<T1> _codec1 = new(provider);
    private LateCodec<T2> _codec2 = new(provider);
    private LateCodec<T3> _codec3 = new(provider);
    private LateCodec<T4> _codec4 = new(provider);
    private LateCodec<T5> _codec5 = new(provider);
    private LateCodec<T6> _codec6 = new(provider);
    private LateCodec<T7> _codec7 = new(provider);
    private LateCodec<TRest> _codec8 = new(provider);

    public override bool IsImmutable => _codec1.Value.IsImmutable && _codec2.Value.IsImmutable && _codec3.Value.IsImmutable && _codec4.Value.IsImmutable && _codec5.Value.IsImmutable && _codec6.Value.IsImmutable && _codec7.Value.IsImmutable && _codec8.Value.IsImmutable;

    protected override void WriteItems(ref WireWriter writer, Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        _codec1.Value.WriteField(ref writer, 1, value.Item1);
        _codec2.Value.WriteField(ref writer, 2, value.Item2);
        _codec3.Value.WriteField(ref writer, 3, value.Item3);
        _codec4.Value.WriteField(ref writer, 4, value.Item4);
        _codec5.Value.WriteField(ref writer, 5, value.Item5);
        _codec6.Value.WriteField(ref writer, 6, value.Item6);
        _codec7.Value.WriteField(ref writer, 7, value.Item7);
        _codec8.Value.WriteField(ref writer, 8, value.Rest);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> ReadItems(ref WireReader reader)
    {
        var item1 = default(T1)!;
        var item2 = default(T2)!;
        var item3 = default(T3)!;
        var item4 = default(T4)!;
        var item5 = default(T5)!;
        var item6 = default(T6)!;
        var item7 = default(T7)!;
        var item8 = default(TRest)!;
        while (reader.TryReadMember(out var tag))
        {
            switch (tag.FieldId)
            {
                case 1:
                    item1 = _codec1.Value.ReadValue(ref reader, tag);
                    break;
                case 2:
                    item2 = _codec2.Value.ReadValue(ref reader, tag);
                    break;
                case 3:
                    item3 = _codec3.Value.ReadValue(ref reader, tag);
                    break;
                case 4:
                    item4 = _codec4.Value.ReadValue(ref reader, tag);
                    break;
                case 5:
                    item5 = _codec5.Value.ReadValue(ref reader, tag);
                    break;
                case 6:
                    item6 = _codec6.Value.ReadValue(ref reader, tag);
                    break;
                case 7:
                    item7 = _codec7.Value.ReadValue(ref reader, tag);
                    break;
                case 8:
                    item8 = _codec8.Value.ReadValue(ref reader, tag);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }

        return new Tuple<T1, T2, T3, T4, T5, T6, T7, TRest>(item1, item2, item3, item4, item5, item6, item7, item8);
    }

    protected override Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> CopyItems(Tuple<T1, T2, T3, T4, T5, T6, T7, TRest> value) => new(
        _codec1.Value.Copy(value.Item1),
        _codec2.Value.Copy(value.Item2),
        _codec3.Value.Copy(value.Item3),
        _codec4.Value.Copy(value.Item4),
        _codec5.Value.Copy(value.Item5),
        _codec6.Value.Copy(value.Item6),
        _codec7.Value.Copy(value.Item7),
        _codec8.Value.Copy(value.Rest));
}
