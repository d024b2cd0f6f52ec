using Microsoft.Extensions.Options;

namespace ActorShop.Api.Access;

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
