using ActorShop.Api.Documentation;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>The form of the ids in a path, and the problem of any other text.</summary>
internal sealed record PathId(string Prefix, ProblemKind NotFound)
{
    private const int Digits = 32;

    // The digits of a product of the sample catalogue; SKU and category are those of the catalogue, too.
    public const string ExampleDigits = "0199a0c000017000a000000000001eef";

    /// <summary>Answers requests whose path names something that cannot exist.</summary>
    public static void Use(WebApplication app) => app.Use(static (http, next) =>
        http.GetEndpoint() is { } endpoint && RefusalOf(http.Request.RouteValues, http.Request.Method, endpoint.Metadata) is { } refusal
            ? refusal.ExecuteAsync(http)
            : next(http));

    /// <summary>Documents a parameter of a path.</summary>
    public static void Describe(OpenApiParameter parameter, PathId? id, string method)
    {
        var schema = (OpenApiSchema)parameter.Schema!;
        switch (parameter.Name)
        {
            case "id" when id is not null:
                parameter.Description = "The id.";
                parameter.Example = id.Prefix + ExampleDigits;
                schema.Pattern = $"^{id.Prefix}[0-9a-f]{{{Digits}}}$";
                break;

            case "sku":
                parameter.Description = "The SKU.";
                parameter.Example = SkuAttribute.Example;
                SchemaTransformer.AddLimits(schema, new SkuAttribute { IsReference = !MayCreate(method) });
                break;

            case "code":
                parameter.Description = "The code of a category.";
                parameter.Example = CodeAttribute.Example;
                SchemaTransformer.AddLimits(schema, new CodeAttribute());
                break;
        }
    }

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
        MayCreate(method) || sku.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? SkuAttribute.Check(sku) : SkuAttribute.CheckReference(sku);

    private static bool MayCreate(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method);

    private bool Accepts(string text) =>
        text.Length == Prefix.Length + Digits
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Skip(Prefix.Length).All(char.IsAsciiHexDigitLower);
}
