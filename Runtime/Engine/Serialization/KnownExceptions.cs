using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orleans.Runtime;

namespace ActorShop.Runtime.Serialization;

/// <summary>The exceptions that are rebuilt as what they were although they have no codec: the framework's and the engine's.</summary>
internal sealed class KnownExceptions
{
    private readonly ConcurrentDictionary<string, Type> _types = new(StringComparer.Ordinal);

    public KnownExceptions()
    {
        Type[] types =
        [
            typeof(Exception), typeof(SystemException), typeof(ApplicationException), typeof(ArgumentException),
            typeof(ArgumentNullException), typeof(ArgumentOutOfRangeException), typeof(InvalidOperationException),
            typeof(NotSupportedException), typeof(NotImplementedException), typeof(TimeoutException),
            typeof(OperationCanceledException), typeof(TaskCanceledException), typeof(ObjectDisposedException),
            typeof(KeyNotFoundException), typeof(IndexOutOfRangeException), typeof(NullReferenceException),
            typeof(InvalidCastException), typeof(FormatException), typeof(ArithmeticException), typeof(OverflowException),
            typeof(DivideByZeroException), typeof(UnauthorizedAccessException), typeof(OutOfMemoryException),
            typeof(InsufficientExecutionStackException), typeof(UnreachableException), typeof(AggregateException),
            typeof(IOException), typeof(EndOfStreamException), typeof(FileNotFoundException), typeof(InvalidDataException),
            typeof(JsonException), typeof(SocketException), typeof(HttpRequestException),
        ];
        foreach (var type in types.Concat(typeof(GrainReference).Assembly.GetTypes().Where(IsException)))
        {
            Add(type);
        }
    }

    /// <summary>Adds the exception of a library, so that callers in other processes can catch it by its type.</summary>
    public void Add(Type type) => _types[type.FullName!] = type;

    /// <summary>
    /// Whether an exception without a codec may leave its process: those of applications may not, as on Orleans, so that the
    /// omission is noticed in the first test.
    /// </summary>
    public static bool MayTravel(Type type) =>
        type.FullName is { } name
        && (StartsWith(name, "System.") || StartsWith(name, "Microsoft.") || StartsWith(name, "Azure.") || StartsWith(name, "Orleans."));

    /// <summary>An exception of a known type without anything in it; null where the type is not known.</summary>
    public Exception? Create(string name)
    {
        if (!_types.TryGetValue(name, out var type) || type == typeof(AggregateException))
        {
            return null;
        }

        const BindingFlags Constructors = BindingFlags.Instance | BindingFlags.Public;
        return (Exception)(type.GetConstructor(Constructors, []) is { } constructor
            ? constructor.Invoke([])
            : RuntimeHelpers.GetUninitializedObject(type));
    }

    private static bool IsException(Type type) => typeof(Exception).IsAssignableFrom(type) && !type.IsAbstract && !type.IsGenericType;

    private static bool StartsWith(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal);
}
