using ActorShop.Catalog;
using Microsoft.Extensions.Caching.Memory;

namespace ActorShop.Api.Catalog;

/// <summary>The products that shoppers read last, as they are sent. An answer is at most <see cref="Lifetime"/> old, counted from when its read began.</summary>
/// <remarks>
/// Callers who miss a product at the same time share a read. <see cref="Change"/> removes a product early; a read that began before the change is
/// neither stored nor shared with later callers.
/// </remarks>
internal sealed class ProductCache(IGrainFactory grains, TimeProvider clock) : IDisposable
{
    /// <summary>The maximum age of an answer, because an event of the stream may be lost.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    internal const int MaxBytes = 32 * 1024 * 1024;

    // An answer is kept for longer than it may be sent: if the version is the same at the next read, it is not rendered again.
    private static readonly TimeSpan UnusedLifetime = TimeSpan.FromMinutes(1);

    // What an entry takes besides its bytes.
    private const int Overhead = 512;

    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = MaxBytes });
    private readonly Dictionary<string, Read> _reads = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    internal int Count => _entries.Count;

    /// <summary>A stored answer; null if there is none, or an old one.</summary>
    public ProductAnswer? Find(ReadOnlySpan<char> id) =>
        _entries.TryGetValue(id, out var found) && found is Entry entry && clock.GetElapsedTime(entry.ReadAt) < Lifetime ? entry.Answer : null;

    /// <summary>Reads a product for a shopper, and stores the answer.</summary>
    public Task<ProductAnswer?> GetAsync(string id)
    {
        lock (_lock)
        {
            if (_reads.TryGetValue(id, out var running) && clock.GetElapsedTime(running.Began) < Lifetime)
            {
                return running.Answer;
            }

            var read = new Read(clock.GetTimestamp());
            _reads[id] = read;
            return read.Answer = ReadAsync(id, read);
        }
    }

    /// <summary>Reads the latest version of a product, which no later shopper gets an older version than.</summary>
    public async Task<ProductAnswer?> GetLatestAsync(string id)
    {
        if (await grains.Product(new ProductId(id)).GetAsync() is not { } product)
        {
            return null;
        }

        Change(id, product.Version);
        return new ProductAnswer(product);
    }

    /// <summary>Removes older versions of a product.</summary>
    /// <param name="id">The product.</param>
    /// <param name="version">The version that it has now.</param>
    public void Change(string id, long version)
    {
        lock (_lock)
        {
            _reads.Remove(id);
            if (_entries.TryGetValue(id, out Entry? stored) && stored!.Answer.Version < version)
            {
                _entries.Remove(id);
            }
        }
    }

    public void Dispose() => _entries.Dispose();

    private async Task<ProductAnswer?> ReadAsync(string id, Read read)
    {
        ProductView? product = null;
        try
        {
            product = await grains.Product(new ProductId(id)).GetAsync();
        }
        finally
        {
            if (product is null)
            {
                End(id, read);
            }
        }

        if (product is null)
        {
            return null;
        }

        var known = _entries.TryGetValue(id, out Entry? stored) && stored!.Answer.Version == product.Version ? stored.Answer : null;
        var answer = known ?? new ProductAnswer(product);
        lock (_lock)
        {
            if (End(id, read))
            {
                _entries.Set(id, new Entry(answer, read.Began), new MemoryCacheEntryOptions { Size = answer.Length + Overhead, SlidingExpiration = UnusedLifetime });
            }
        }

        return answer;
    }

    /// <returns>Whether the product has not changed since the read began.</returns>
    private bool End(string id, Read read)
    {
        lock (_lock)
        {
            return _reads.TryGetValue(id, out var running) && ReferenceEquals(running, read) && _reads.Remove(id);
        }
    }

    private sealed record Entry(ProductAnswer Answer, long ReadAt);

    private sealed class Read(long began)
    {
        public long Began { get; } = began;

        public Task<ProductAnswer?> Answer { get; set; } = Task.FromResult<ProductAnswer?>(null);
    }
}
