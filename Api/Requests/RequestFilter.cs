using System.Buffers;

namespace ActorShop.Api;

/// <summary>What stands between a route and its handler: parts of the request that were refused, and ids that cannot exist.</summary>
internal sealed class RequestFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        RefusalOf(context) is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context);

    private static Problem? RefusalOf(EndpointFilterInvocationContext context)
    {
        var http = context.HttpContext;
        var metadata = http.GetEndpoint()!.Metadata;
        foreach (var (name, value) in http.Request.RouteValues)
        {
            var text = (string)value!;
            switch (name)
            {
                // Kestrel leaves an encoded slash as it is; taken literally it would be another SKU than the client means.
                case "sku" when !Sku.TryParse(text, out _) || text.Contains("%2F", StringComparison.OrdinalIgnoreCase):
                    return InvalidSku();

                case "id" when metadata.GetMetadata<PathId>() is { } kind && !kind.Accepts(text):
                    return new Problem(kind.NotFound);

                case "code" when !CategoryCode.IsValid(text):
                    return new Problem(Problems.CategoryNotFound);
            }
        }

        for (var i = 0; i < context.Arguments.Count; i++)
        {
            switch (context.Arguments[i])
            {
                case Condition { IsStated: false, Refusal: null } when metadata.GetMetadata<ConditionRequired>() is not null:
                    return new Problem(Problems.PreconditionRequired, "Send the ETag of the version that you read.");

                case IBound { Refusal: { } refusal }:
                    return refusal;
            }
        }

        return null;
    }

    private static Problem InvalidSku()
    {
        const string Message = "Must be 1 to 64 printable characters without '/', and without a space at either end.";
        return new Problem(Problems.ValidationFailed, Message) { Errors = [new ProblemError("path:sku", "invalid_sku", Message)] };
    }
}

/// <summary>What an id in a path looks like, and what is said of one that cannot exist.</summary>
internal sealed record PathId(string Prefix, ProblemKind NotFound)
{
    private const int Digits = 32;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a text can be an id.</summary>
    public bool Accepts(string text) =>
        text.Length == Prefix.Length + Digits
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Hexadecimal);
}

/// <summary>The merchant's words for categories.</summary>
internal static class CategoryCode
{
    private const int MaxLength = 64;

    /// <summary>Lower-case letters, digits and hyphens.</summary>
    public static bool IsValid(string code) =>
        code.Length is > 0 and <= MaxLength && code.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
