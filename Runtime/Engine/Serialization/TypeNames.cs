using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActorShop.Runtime.Serialization;

/// <summary>The closed list of types that may be named on the wire, and the names made of them.</summary>
/// <remarks>
/// <c>name</c>, <c>name&lt;name,name&gt;</c> and <c>name[]</c>, where each name was added before. What is built from a name that was read
/// is bounded in length, depth and number, since every new combination costs memory for good.
/// </remarks>
internal sealed class TypeNames
{
    /// <summary>The name of a reference to a grain.</summary>
    public static readonly byte[] Reference = "grain"u8.ToArray();

    /// <summary>The name of an exception without a codec of its own.</summary>
    public static readonly byte[] Exception = "exception"u8.ToArray();

    private const int MaxLength = 1024;
    private const int MaxParts = 32;
    private const int MaxCombinations = 4096;

    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _names = [];
    private readonly ConcurrentDictionary<byte[], Type> _read = new(Utf8Comparer.Instance);

    /// <summary>Adds a type under a name; the first name of a type is the one that is written.</summary>
    /// <exception cref="InvalidOperationException">The name is another type's.</exception>
    public void Add(string name, Type type)
    {
        if (name.Length == 0 || name.AsSpan().IndexOfAny("<>,[]") >= 0)
        {
            throw new InvalidOperationException($"\"{name}\" is no name for {type}: it is empty or has a character that types are built with.");
        }

        if (!_types.TryAdd(name, type) && _types[name] != type)
        {
            throw new InvalidOperationException($"{type} and {_types[name]} share the alias \"{name}\".");
        }

        _ = _names.TryAdd(type, name);
    }

    /// <summary>The name of a type; null where it, or a part of it, was not added.</summary>
    public byte[]? Find(Type type) => Format(type) is { } name ? Encoding.UTF8.GetBytes(name) : null;

    /// <summary>The type of a name; null where it, or a part of it, was not added.</summary>
    public Type? Find(ReadOnlySpan<byte> name)
    {
        if (_read.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var known))
        {
            return known;
        }

        if (name.Length is 0 or > MaxLength || _read.Count >= MaxCombinations)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(name);
        var parser = new Parser(_types, text);
        if (!parser.TryParse(out var type))
        {
            return null;
        }

        _ = _read.TryAdd(name.ToArray(), type);
        return type;
    }

    private string? Format(Type type)
    {
        if (_names.TryGetValue(type, out var name))
        {
            return name;
        }

        if (type.IsSZArray)
        {
            return Format(type.GetElementType()!) is { } element ? $"{element}[]" : null;
        }

        if (!type.IsGenericType || !_names.TryGetValue(type.GetGenericTypeDefinition(), out var open))
        {
            return null;
        }

        var arguments = type.GetGenericArguments().Select(Format).ToArray();
        return arguments.Contains(null) ? null : $"{open}<{string.Join(',', arguments)}>";
    }

    private struct Parser(Dictionary<string, Type> types, string text)
    {
        private int _position;
        private int _parts;

        public bool TryParse([NotNullWhen(true)] out Type? type) => TryParseOne(out type) && _position == text.Length;

        private bool TryParseOne([NotNullWhen(true)] out Type? type)
        {
            type = null;
            var end = text.AsSpan(_position).IndexOfAny("<>,[]");
            var name = end < 0 ? text[_position..] : text.Substring(_position, end);
            if (++_parts > MaxParts || !types.TryGetValue(name, out var found))
            {
                return false;
            }

            _position += name.Length;
            if (found.IsGenericTypeDefinition && !TryParseArguments(ref found))
            {
                return false;
            }

            while (text.AsSpan(_position).StartsWith("[]", StringComparison.Ordinal))
            {
                if (++_parts > MaxParts)
                {
                    return false;
                }

                _position += 2;
                found = found.MakeArrayType();
            }

            type = found;
            return true;
        }

        private bool TryParseArguments(ref Type open)
        {
            var arguments = new Type[open.GetGenericArguments().Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                if (!TryTake(i == 0 ? '<' : ',') || !TryParseOne(out var argument))
                {
                    return false;
                }

                arguments[i] = argument;
            }

            try
            {
                open = open.MakeGenericType(arguments);
                return TryTake('>');
            }
            catch (ArgumentException)
            {
                // The arguments do not satisfy the constraints: nobody who has the type can have written this.
                return false;
            }
        }

        private bool TryTake(char expected)
        {
            if (_position >= text.Length || text[_position] != expected)
            {
                return false;
            }

            _position++;
            return true;
        }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            // FNV-1a. Only names that parse are kept, so nobody gains by collisions.
            var hash = 2166136261u;
            foreach (var value in alternate)
            {
                hash = unchecked((hash ^ value) * 16777619u);
            }

            return unchecked((int)hash);
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
