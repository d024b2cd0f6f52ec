using ActorShop.Cli.Shop;
using ActorShop.Import;

namespace ActorShop.Cli.Imports;

/// <summary>The categories of the shop, and those that the import adds. Safe from any thread.</summary>
internal sealed class ShopCategories(ShopClient shop)
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? Parent, string Name), string> _named = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _checks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _additions = new(StringComparer.Ordinal);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var category in shop.ListAsync("/v1/categories", cancellationToken))
        {
            var code = category.GetProperty("code").GetString()!;
            _known[code] = true;
            _named[(category.TryGetProperty("parent", out var parent) ? parent.GetString() : null, category.GetProperty("name").GetString()!)] = code;
        }
    }

    public bool Knows(CategoryPath path) => _known.ContainsKey(CodeOf(path));

    /// <summary>The code of a category: its path's, unless the merchant has one of that name in its place under another code.</summary>
    public string CodeOf(CategoryPath path) =>
        !_known.ContainsKey(path.Code) && _named.TryGetValue((path.Parent is { } parent ? CodeOf(parent) : null, path.Name), out var code)
            ? code
            : path.Code;

    /// <summary>Asks whether a category and its ancestors could be added.</summary>
    /// <returns>The reason why not; null if they could.</returns>
    public Task<string?> CheckAsync(CategoryPath path, CancellationToken cancellationToken) =>
        OnceAsync(_checks, path, dryRun: true, cancellationToken);

    /// <summary>Adds a category after its ancestors.</summary>
    /// <returns>The reason why not; null if it is there.</returns>
    public Task<string?> AddAsync(CategoryPath path, CancellationToken cancellationToken) =>
        OnceAsync(_additions, path, dryRun: false, cancellationToken);

    // The shop refuses a parent that is not there yet.
    private string? ParentOf(CategoryPath path, bool dryRun) => path.Parent is { } parent && (!dryRun || Knows(parent)) ? CodeOf(parent) : null;

    private Task<string?> OnceAsync(
        ConcurrentDictionary<string, Lazy<Task<string?>>> once, CategoryPath path, bool dryRun, CancellationToken cancellationToken) =>
        Knows(path)
            ? Task.FromResult<string?>(null)
            : once.GetOrAdd(path.Code, _ => new Lazy<Task<string?>>(() => SendAsync(path, dryRun, cancellationToken))).Value;

    private async Task<string?> SendAsync(CategoryPath path, bool dryRun, CancellationToken cancellationToken)
    {
        if (path.Parent is { } parent
            && await (dryRun ? CheckAsync(parent, cancellationToken) : AddAsync(parent, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        var step = new ImportStep("category", ShopRequest.Post("/v1/admin/categories", new { path.Code, path.Name, Parent = ParentOf(path, dryRun) }));
        var answer = await shop.SendAsync(dryRun ? step.Check : step.Request, cancellationToken);

        // 412: the category exists, and the list is behind or leaves it out because it is archived.
        if (answer.Status is 412)
        {
            var found = await shop.SendAsync(ShopRequest.Get($"/v1/admin/categories/{path.Code}"), cancellationToken);
            if (found.IsFine && found.Body.TryGetProperty("archived", out var archived) && archived.GetBoolean())
            {
                return $"category: '{path}' is archived";
            }
        }
        else if (!answer.IsFine)
        {
            return $"category '{path}': the shop says {answer.Explanation}";
        }

        if (!dryRun || answer.Status is 412)
        {
            _known[path.Code] = true;
        }

        return null;
    }
}
