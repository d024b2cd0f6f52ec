namespace ActorShop.Api;

/// <summary>The form of the ids in a path, and the problem of any other text.</summary>
internal sealed record PathId(string Prefix, ProblemKind NotFound)
{
    private const int Digits = 32;

    /// <summary>Answers requests whose path names something that cannot exist.</summary>
    public static void Use(WebApplication app) => app.Use(static (http, next) =>
        http.GetEndpoint() is { } endpoint && RefusalOf(http.Request.RouteValues, http.Request.Method, endpoint.Metadata) is { } refusal
            ? refusal.ExecuteAsync(http)
            : next(http));

    private static Problem? RefusalOf(RouteValueDictionary path, string method, EndpointMetadataCollection metadata)
    {
        if (path.TryGetValue("id", out var id) && metadata.GetMetadata<PathId>() is { } kind && !kind.Accepts((string)id!))
        {
            return new Problem(kind.NotFound);
        }

        if (path.TryGetValue("code", out var code) && !CodeAttribute.IsCode((string)code!))
        {
            return new Problem(Problems.CategoryNotFound);
        }

        if (path.TryGetValue("sku", out var sku) && CheckSku((string)sku!, method) is { } violation)
        {
            var errors = new ValidationErrors();
            errors.Add("path:sku", violation.Code, violation.ErrorMessage!);
            return errors.ToProblem();
        }

        return null;
    }

    // Kestrel leaves an encoded slash as it is; taken literally it would be another SKU than the client means. POST and PUT may create
    // something under the SKU, which the other methods only find.
    private static Violation? CheckSku(string sku, string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || sku.Contains("%2F", StringComparison.OrdinalIgnoreCase)
            ? SkuAttribute.Check(sku)
            : SkuAttribute.CheckReference(sku);

    private bool Accepts(string text) =>
        text.Length == Prefix.Length + Digits
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Skip(Prefix.Length).All(char.IsAsciiHexDigitLower);
}
