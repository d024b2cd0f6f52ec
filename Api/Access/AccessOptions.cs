using Microsoft.Extensions.Options;

namespace ActorShop.Api.Access;

/// <summary>The API keys of the installation.</summary>
public sealed class AccessOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "Access";

    /// <summary>The keys. Without any, nothing under <c>/v1/admin</c> can be used.</summary>
    /// <value>None.</value>
    public IList<ApiKey> Keys { get; } = [];
}

/// <summary>One API key.</summary>
public sealed class ApiKey
{
    /// <summary>Who uses it: the caller's name in idempotency records and logs.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The SHA-256 of the key in hexadecimal digits. The key itself is nowhere: <c>printf %s KEY | sha256sum</c>.</summary>
    public string Sha256 { get; set; } = string.Empty;

    /// <summary>What it may do: <c>admin</c>, <c>catalog</c>, <c>inventory</c>, <c>orders</c>, <c>reports</c>.</summary>
    public IList<string> Scopes { get; } = [];
}

/// <summary>Keys that cannot work stop the start.</summary>
internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        List<string> failures = [];
        foreach (var key in options.Keys)
        {
            if (key.Name.Length == 0 || options.Keys.Count(other => string.Equals(other.Name, key.Name, StringComparison.Ordinal)) > 1)
            {
                failures.Add($"Access:Keys: every key has a name of its own, not '{key.Name}'.");
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
