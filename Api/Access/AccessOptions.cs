namespace ActorShop.Api.Access;

public sealed class AccessOptions : IValidatableObject
{
    public const string Section = "Access";

    /// <summary>The keys. Without keys, all routes under <c>/v1/admin</c> answer 401.</summary>
    /// <value>None.</value>
    public IList<ApiKey> Keys { get; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        foreach (var key in Keys)
        {
            if (key.Name.Length == 0 || Keys.Count(other => string.Equals(other.Name, key.Name, StringComparison.Ordinal)) > 1)
            {
                yield return new($"Access:Keys: every key needs a unique name, not '{key.Name}'.");
            }

            if (key.Sha256.Length != 64 || !key.Sha256.All(char.IsAsciiHexDigit))
            {
                yield return new($"Access:Keys: Sha256 of '{key.Name}' is not 64 hexadecimal digits.");
            }

            foreach (var scope in key.Scopes.Except(Scopes.All, StringComparer.Ordinal))
            {
                yield return new($"Access:Keys: '{key.Name}' has the scope '{scope}', which does not exist.");
            }
        }
    }
}
