using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Orleans.Serialization;

namespace ActorShop.Runtime.Serialization;

/// <summary>What every exception has: message, stack, cause, HResult and <see cref="Exception.Data"/>.</summary>
/// <remarks>
/// The base level of exceptions with a codec, and the whole of those without. Exceptions are never copied: within a process
/// the caller catches the very object that was thrown, as on Orleans.
/// </remarks>
internal sealed class ExceptionLevelCodec(CodecProvider provider) : ObjectCodec<Exception>
{
    private const uint MessageField = 1;
    private const uint StackField = 2;
    private const uint CauseField = 3;
    private const uint ResultField = 4;
    private const uint DataField = 5;

    private LateCodec<Exception> _cause = new(provider);
    private LateCodec<List<KeyValuePair<string, object?>>> _data = new(provider);

    public override bool IsImmutable => true;

    public override void WriteMembers(ref WireWriter writer, Exception value)
    {
        // The message of an aggregate names its parts, which would be named again after the journey.
        writer.WriteString(MessageField, value is AggregateException ? MessageOf(value) : value.Message);
        writer.WriteString(StackField, value.StackTrace);
        _cause.Value.WriteField(ref writer, CauseField, value is AggregateException ? null! : value.InnerException!);
        writer.WriteInt32(ResultField, value.HResult);
        if (value.Data.Count > 0)
        {
            _data.Value.WriteField(ref writer, DataField, DataOf(value));
        }
    }

    public override void ReadMembers(ref WireReader reader, Exception value)
    {
        while (reader.TryReadMember(out var tag))
        {
            ReadMember(ref reader, tag, value);
        }
    }

    public void ReadMember(ref WireReader reader, WireTag tag, Exception value)
    {
        switch (tag.FieldId)
        {
            case MessageField:
                MessageOf(value) = reader.ReadString(tag);
                break;
            case StackField:
                if (reader.ReadString(tag) is { } stack)
                {
                    _ = ExceptionDispatchInfo.SetRemoteStackTrace(value, stack);
                }

                break;
            case CauseField:
                CauseOf(value) = _cause.Value.ReadValue(ref reader, tag);
                break;
            case ResultField:
                value.HResult = reader.ReadInt32(tag);
                break;
            case DataField:
                ReadData(ref reader, tag, value);
                break;
            default:
                reader.Skip(tag);
                break;
        }
    }

    public override void CopyMembers(Exception source, Exception target) =>
        throw new InvalidOperationException("Exceptions are not copied.");

    /// <summary>
    /// Reads an exception with a codec that is not known here, for what its base level says: that is the innermost of the
    /// objects that begin each other.
    /// </summary>
    public static Exception ReadUnavailable(CodecProvider provider, ref WireReader reader, WireTag tag, string type)
    {
        var level = (ExceptionLevelCodec)(object)provider.GetBaseCodec<Exception>();
        var value = new UnavailableExceptionFallbackException { ExceptionType = type };
        var levels = 0;
        do
        {
            reader.StartObject(tag);
            levels++;
        }
        while (reader.TryReadMember(out tag) && tag is { FieldId: 0, Type: WireType.StartObject });

        if (tag.Type != WireType.EndObject)
        {
            level.ReadMember(ref reader, tag, value);
            level.ReadMembers(ref reader, value);
        }

        while (--levels > 0)
        {
            reader.EndObject();
        }

        return value;
    }

    protected override Exception Create() => new UnavailableExceptionFallbackException();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? CauseOf(Exception exception);

    // What has no codec stays behind: the exception itself matters more than what somebody noted on it.
    private List<KeyValuePair<string, object?>> DataOf(Exception value)
    {
        var entries = new List<KeyValuePair<string, object?>>();
        foreach (System.Collections.DictionaryEntry entry in value.Data)
        {
            if (entry.Key is string key && (entry.Value is null || provider.TryName(entry.Value.GetType(), out _)))
            {
                entries.Add(KeyValuePair.Create(key, entry.Value));
            }
        }

        return entries;
    }

    private void ReadData(ref WireReader reader, WireTag tag, Exception value)
    {
        foreach (var (key, content) in _data.Value.ReadValue(ref reader, tag) ?? [])
        {
            if (key is not null)
            {
                value.Data[key] = content;
            }
        }
    }
}

/// <summary>The type of the codec of exceptions that have none; no value has it.</summary>
internal sealed class ForeignException : Exception;

/// <summary>An exception without a codec of its own: field 0 is the name of its type, field 6 the parts of an aggregate.</summary>
internal sealed class ForeignExceptionCodec(CodecProvider provider) : Codec<ForeignException>, ICodec
{
    private const uint TypeField = 0;
    private const uint PartsField = 6;

    private LateCodec<Exception[]> _parts = new(provider);

    public override bool IsImmutable => true;

    void ICodec.WriteField(ref WireWriter writer, uint fieldId, object? value)
    {
        var exception = (Exception)value!;
        writer.StartObject(fieldId);
        writer.WriteString(TypeField, exception.GetType().FullName);
        if (exception is AggregateException aggregate)
        {
            _parts.Value.WriteField(ref writer, PartsField, [.. aggregate.InnerExceptions]);
        }

        provider.GetBaseCodec<Exception>().WriteMembers(ref writer, exception);
        writer.EndObject();
    }

    object? ICodec.ReadValue(ref WireReader reader, WireTag tag)
    {
        reader.StartObject(tag);
        if (!reader.TryReadMember(out tag) || tag.FieldId != TypeField || reader.ReadString(tag) is not { } type)
        {
            throw new WireException(WireFault.UnknownType, "The data does not name the type of its exception.");
        }

        var level = (ExceptionLevelCodec)(object)provider.GetBaseCodec<Exception>();
        if (!reader.TryReadMember(out tag))
        {
            return Create(type);
        }

        var value = tag.FieldId == PartsField
            ? new AggregateException(_parts.Value.ReadValue(ref reader, tag)?.Where(static part => part is not null) ?? [])
            : Create(type);
        if (tag.FieldId != PartsField)
        {
            level.ReadMember(ref reader, tag, value);
        }

        level.ReadMembers(ref reader, value);
        return value;
    }

    object? ICodec.Copy(object? value) => value;

    public override void WriteField(ref WireWriter writer, uint fieldId, ForeignException value) =>
        ((ICodec)this).WriteField(ref writer, fieldId, value);

    public override ForeignException ReadValue(ref WireReader reader, WireTag tag) =>
        throw new NotSupportedException("Exceptions without a codec are read as what they are.");

    public override ForeignException Copy(ForeignException value) => value;

    private Exception Create(string type) =>
        provider.Exceptions.Create(type) ?? new UnavailableExceptionFallbackException { ExceptionType = type };
}
