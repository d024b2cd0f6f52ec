using System.Runtime.CompilerServices;

namespace ActorShop.Runtime.Serialization;

/// <summary>Writes, reads and copies the objects of one class, of that class alone and not of those derived from it.</summary>
/// <remarks>
/// Layout: the members of the base class, when it has any, are an object in field 0; positional parameter <c>n</c> is field
/// <c>2n + 1</c> and the member with <c>[Id(n)]</c> is field <c>2n + 2</c>. So each of them may be added later: an older reader
/// skips the field, a newer one leaves the member as it was created.
/// </remarks>
/// <typeparam name="T">The class.</typeparam>
public abstract class ObjectCodec<T> : Codec<T>
    where T : class
{
    /// <inheritdoc/>
    public override bool IsImmutable => false;

    /// <inheritdoc/>
    public override void WriteField(ref WireWriter writer, uint fieldId, T value)
    {
        if (value is null)
        {
            writer.WriteNull(fieldId);
            return;
        }

        writer.StartObject(fieldId);
        WriteMembers(ref writer, value);
        writer.EndObject();
    }

    /// <inheritdoc/>
    public override T ReadValue(ref WireReader reader, WireTag tag)
    {
        if (tag.IsNull)
        {
            return null!;
        }

        reader.StartObject(tag);
        var value = Create();
        ReadMembers(ref reader, value);
        return value;
    }

    /// <inheritdoc/>
    public override T Copy(T value)
    {
        if (value is null || IsImmutable)
        {
            return value!;
        }

        // A cycle would end in a stack overflow, which takes the process with it; this is an exception of the one call.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var copy = Create();
        CopyMembers(value, copy);
        return copy;
    }

    /// <summary>Writes the members, without the marks around them: how a derived class writes those of its base.</summary>
    public abstract void WriteMembers(ref WireWriter writer, T value);

    /// <summary>Reads members up to the end of the object, which is consumed.</summary>
    public abstract void ReadMembers(ref WireReader reader, T value);

    /// <summary>Copies each member of one object to another.</summary>
    public abstract void CopyMembers(T source, T target);

    /// <summary>An object whose members are still to be set.</summary>
    protected abstract T Create();
}
