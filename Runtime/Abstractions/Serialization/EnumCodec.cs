using System.Runtime.CompilerServices;

namespace ActorShop.Runtime.Serialization;

/// <summary>Writes an enumeration as its number, so that values may be renamed but not renumbered.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class EnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override bool IsImmutable => true;

    /// <inheritdoc/>
    public override T Copy(T value) => value;

    /// <inheritdoc/>
    public override void WriteField(ref WireWriter writer, uint fieldId, T value)
    {
        switch (System.Type.GetTypeCode(typeof(T)))
        {
            case TypeCode.Byte:
                writer.WriteByte(fieldId, Unsafe.BitCast<T, byte>(value));
                break;
            case TypeCode.SByte:
                writer.WriteSByte(fieldId, Unsafe.BitCast<T, sbyte>(value));
                break;
            case TypeCode.Int16:
                writer.WriteInt16(fieldId, Unsafe.BitCast<T, short>(value));
                break;
            case TypeCode.UInt16:
                writer.WriteUInt16(fieldId, Unsafe.BitCast<T, ushort>(value));
                break;
            case TypeCode.UInt32:
                writer.WriteUInt32(fieldId, Unsafe.BitCast<T, uint>(value));
                break;
            case TypeCode.Int64:
                writer.WriteInt64(fieldId, Unsafe.BitCast<T, long>(value));
                break;
            case TypeCode.UInt64:
                writer.WriteUInt64(fieldId, Unsafe.BitCast<T, ulong>(value));
                break;
            default:
                writer.WriteInt32(fieldId, Unsafe.BitCast<T, int>(value));
                break;
        }
    }

    /// <inheritdoc/>
    public override T ReadValue(ref WireReader reader, WireTag tag) => System.Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.Byte => Unsafe.BitCast<byte, T>(reader.ReadByte(tag)),
        TypeCode.SByte => Unsafe.BitCast<sbyte, T>(reader.ReadSByte(tag)),
        TypeCode.Int16 => Unsafe.BitCast<short, T>(reader.ReadInt16(tag)),
        TypeCode.UInt16 => Unsafe.BitCast<ushort, T>(reader.ReadUInt16(tag)),
        TypeCode.UInt32 => Unsafe.BitCast<uint, T>(reader.ReadUInt32(tag)),
        TypeCode.Int64 => Unsafe.BitCast<long, T>(reader.ReadInt64(tag)),
        TypeCode.UInt64 => Unsafe.BitCast<ulong, T>(reader.ReadUInt64(tag)),
        _ => Unsafe.BitCast<int, T>(reader.ReadInt32(tag)),
    };
}
