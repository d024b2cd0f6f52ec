namespace ActorShop.Storage.Sqlite;

/// <summary>A value on its way into a statement: an integer, a text, or nothing.</summary>
internal readonly struct SqlValue
{
    private readonly object? _text;
    private readonly long _integer;

    private SqlValue(object? text, long integer, bool isNull)
    {
        _text = text;
        _integer = integer;
        IsNull = isNull;
    }

    public bool IsNull { get; }

    /// <summary>A <see cref="string"/>, its UTF-8 bytes, or null where the value is an integer.</summary>
    public object? Text => _text;

    public long Integer => _integer;

    public static implicit operator SqlValue(long value) => new(text: null, value, isNull: false);

    public static implicit operator SqlValue(long? value) => new(text: null, value ?? 0, isNull: value is null);

    public static implicit operator SqlValue(string? value) => new(value, 0, isNull: value is null);

    // Bytes are always UTF-8 text here, straight from the serializer: the shop stores no blobs.
    public static implicit operator SqlValue(byte[] utf8) => new(utf8, 0, isNull: false);

    // The types differ by what the shop stores; the database keeps all of them as these two.
    public static implicit operator SqlValue(DateTimeOffset value) => Micros.Of(value);

    public static implicit operator SqlValue(DateTimeOffset? value) => value is { } at ? Micros.Of(at) : default(long?);
}
