namespace Orleans.Runtime;

/// <summary>Values that travel with a call and the calls it makes, and do not come back.</summary>
/// <remarks>They belong to the current logical flow of control. Each send copies them.</remarks>
public static class RequestContext
{
    internal const string CallChainReentrancyKey = "#CCR";

    internal static readonly AsyncLocal<Dictionary<string, object>?> Values = new();

    private static long ReentrantSections;

    /// <summary>Identifies the call chain that may re-enter; empty where none may.</summary>
    public static Guid ReentrancyId
    {
        get => Get(CallChainReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
            {
                Remove(CallChainReentrancyKey);
            }
            else
            {
                Set(CallChainReentrancyKey, value);
            }
        }
    }

    /// <summary>The names that are set.</summary>
    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    /// <summary>The names and values that are set.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>Tells processes apart, so that two never name the same section; the live engine sets it to a random value.</summary>
    internal static long ReentrancyOrigin { get; set; }

    /// <summary>Until disposed, calls of this chain may come back to this grain while it awaits them.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new ReentrancySection(original, original == Guid.Empty ? NewReentrancyId() : original);
    }

    /// <summary>Until disposed, calls made here are not part of the chain.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>A value; null where there is none.</summary>
    public static object? Get(string key) => Values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Sets a value for this flow of control and the calls it makes from now on.</summary>
    public static void Set(string key, object value)
    {
        // Copy on write: a call already under way keeps what it was sent with.
        var values = Values.Value is { } old ? new Dictionary<string, object>(old, StringComparer.Ordinal) : new(StringComparer.Ordinal);
        values[key] = value;
        Values.Value = values;
    }

    /// <summary>Removes a value; whether there was one.</summary>
    public static bool Remove(string key)
    {
        if (Values.Value is not { } old || !old.ContainsKey(key))
        {
            return false;
        }

        var values = new Dictionary<string, object>(old, StringComparer.Ordinal);
        values.Remove(key);
        Values.Value = values.Count == 0 ? null : values;
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear()
    {
        if (Values.Value is not null)
        {
            Values.Value = null;
        }
    }

    // Only equality matters, so a count is enough: chance would cost the simulator its repeatability.
    private static Guid NewReentrancyId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, ReentrancyOrigin);
        BitConverter.TryWriteBytes(bytes[8..], Interlocked.Increment(ref ReentrantSections));
        return new Guid(bytes);
    }

    /// <summary>A stretch of code in which call chain reentrancy is allowed, or suppressed; ends when disposed.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _entered;

        /// <summary>Begins the section.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _entered = newReentrancyId;

            if (newReentrancyId != originalReentrancyId)
            {
                ReentrancyId = newReentrancyId;
            }

            if (newReentrancyId != Guid.Empty)
            {
                (RuntimeContext.Current as IActivationContext)?.EnterReentrantSection(newReentrancyId);
            }
        }

        /// <summary>Ends the section.</summary>
        public void Dispose()
        {
            if (_entered != Guid.Empty)
            {
                (RuntimeContext.Current as IActivationContext)?.ExitReentrantSection(_entered);
            }

            if (_entered != _original)
            {
                ReentrancyId = _original;
            }
        }
    }
}
