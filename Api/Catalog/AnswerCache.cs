using Microsoft.Extensions.Caching.Memory;

namespace ActorShop.Api.Catalog;

/// <summary>Answers that shoppers share. Each is younger than the lifetime, counted from when its read began.</summary>
/// <remarks>Callers who miss an answer at the same time share a read. Known to this process alone.</remarks>
internal abstract class AnswerCache<T>(TimeSpan lifetime, TimeProvider clock) : IDisposable
{
    internal const int MaxBytes = 32 * 1024 * 1024;

    // An answer stays for longer than it may be sent: if the version is the same at the next read, it is not rendered again.
    private static readonly TimeSpan UnusedLifetime = TimeSpan.FromMinutes(1);

    // What an entry takes besides its bytes.
    private const int Overhead = 512;

    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = MaxBytes });
    private readonly Dictionary<string, Read> _reads = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    internal int Count => _entries.Count;

    /// <summary>A stored answer and its age; null if there is none, or it is too old.</summary>
    public (CachedAnswer<T>? Answer, TimeSpan Age) Find(ReadOnlySpan<char> key) =>
        _entries.TryGetValue(key, out var found) && found is Entry entry && clock.GetElapsedTime(entry.ReadAt) is var age && age < lifetime
            ? (entry.Answer, age)
            : default;

    /// <summary>Removes an answer of an older version. Reads that have begun are neither stored nor shared with later callers.</summary>
    public void Change(string key, long version)
    {
        lock (_lock)
        {
            _reads.Remove(key);
            if (_entries.TryGetValue(key, out Entry? stored) && stored!.Answer.Version < version)
            {
                _entries.Remove(key);
            }
        }
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _entries.Dispose();
    }

    /// <summary>Reads an answer for all who ask for it meanwhile, and stores it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="readAsync">Reads it, given the last one; null if there is nothing to store.</param>
    protected Task<CachedAnswer<T>?> ShareAsync(string key, Func<CachedAnswer<T>?, Task<CachedAnswer<T>?>> readAsync)
    {
        lock (_lock)
        {
            if (_reads.TryGetValue(key, out var running) && clock.GetElapsedTime(running.Began) < lifetime)
            {
                return running.Answer;
            }

            var read = new Read(clock.GetTimestamp());
            _reads[key] = read;
            return read.Answer = StoreAsync(key, read, readAsync);
        }
    }

    private async Task<CachedAnswer<T>?> StoreAsync(string key, Read read, Func<CachedAnswer<T>?, Task<CachedAnswer<T>?>> readAsync)
    {
        CachedAnswer<T>? answer = null;
        try
        {
            return answer = await readAsync((_entries.TryGetValue(key, out Entry? stored) ? stored : null)?.Answer);
        }
        finally
        {
            lock (_lock)
            {
                // Another read is there if this one was too old or the answer has changed.
                if (_reads.TryGetValue(key, out var running) && ReferenceEquals(running, read) && _reads.Remove(key) && answer is not null)
                {
                    _entries.Set(key, new Entry(answer, read.Began), new MemoryCacheEntryOptions { Size = answer.Length + Overhead, SlidingExpiration = UnusedLifetime });
                }
            }
        }
    }

    private sealed record Entry(CachedAnswer<T> Answer, long ReadAt);

    private sealed class Read(long began)
    {
        public long Began { get; } = began;

        public Task<CachedAnswer<T>?> Answer { get; set; } = Task.FromResult<CachedAnswer<T>?>(null);
    }
}
