namespace ActorShop.Api;

/// <summary>A failed rule, with the code for <c>errors[].code</c> and the JSON pointer below the value that was checked.</summary>
internal sealed class Violation(string code, string message, string at = "") : ValidationResult(message)
{
    public string Code { get; } = code;

    public string At { get; } = at;

    public static Violation? Of(InputError? error, string at = "") => error is null ? null : new Violation(error.Code, error.Message, at);
}

internal sealed class ValidationErrors
{
    // Bounds the answer to a hostile body.
    private const int MaxErrors = 20;

    private readonly List<ProblemError> _errors = [];

    public bool IsEmpty => _errors.Count == 0;

    public void Add(string at, string code, string message)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(new ProblemError(at, code, message));
        }
    }

    /// <summary>The answer: the first error as the detail, and all of them.</summary>
    public Problem ToProblem() => new(Problems.ValidationFailed, _errors[0].Message) { Errors = _errors };

    /// <summary>The JSON pointer (RFC 6901) of a member.</summary>
    public static string Pointer(string parent, string member) =>
        $"{parent}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
