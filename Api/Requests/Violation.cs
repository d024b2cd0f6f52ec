using System.ComponentModel.DataAnnotations;

namespace ActorShop.Api;

/// <summary>A failed rule with the code for <c>errors[].code</c>.</summary>
/// <param name="code">The code.</param>
/// <param name="message">The message.</param>
/// <param name="at">The JSON pointer below the value that was checked.</param>
internal sealed class Violation(string code, string message, string at = "") : ValidationResult(message)
{
    public string Code { get; } = code;

    public string At { get; } = at;
}
