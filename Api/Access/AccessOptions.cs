using Microsoft.Extensions.Options;

namespace ActorShop.Api.Access;

/// <summary>The API keys.</summary>
public sealed class AccessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Access";

    /// <summary>The keys. Without keys, all routes under <c>/v1/admin</c> answer 401.</summary>
    /// <value>None.</value>
    public IList<ApiKey> Keys { get; } = [];
}

/// <summary>One API key.</summary>
public sealed class ApiKey
{
    /// <summary>The caller's name in idempotency records and logs.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The SHA-256 of the key in hexadecimal: <c>printf %s KEY | sha256sum</c>. The key itself is not stored.</summary>
    public string Sha256 { get; set; } = string.Empty;

    /// <summary>The scopes: <c>admin</c>, <c>catalog</c>, <c>inventory</c>, <c>orders</c>, <c>reports</c>.</summary>
    public IList<string> Scopes { get; } = [];
}

/// <summary>Refuses to start with invalid keys.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> failures = [];
        foreach (var key in options.Keys)
        {
            if (key.Name.Length == 0 || options.Keys.Count(other => string.Equals(other.Name, key.Name, StringComparison.Ordinal)) > 1)
            {
                failures.Add($"Access:Keys: every key needs a unique name, not '{key.Name}'.");
            }

            if (key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit))
            {
                failures.Add($"Access:Keys: Sha256 of '{key.Name}' is not 64 hexadecimal digits.");
            }

            failures.AddRange(key.Scopes.Except(Scopes.All, StringComparer.Ordinal)
                .Select(scope => $"Access:Keys: '{key.Name}' has the scope '{scope}', which does not exist."));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
