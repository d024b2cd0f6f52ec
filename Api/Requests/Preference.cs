using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace ActorShop.Api;

/// <summary>What the client wants to be answered with (RFC 7240): the resource, or its ETag only.</summary>
internal sealed record Preference(bool IsMinimal) : IEndpointParameterMetadataProvider
{
    public const string AppliedHeader = "Preference-Applied";

    public const string Minimal = "return=minimal";

    public const string Header = "Prefer";

    public static ValueTask<Preference?> BindAsync(HttpContext context) => ValueTask.FromResult<Preference?>(new(
        context.Request.Headers.GetCommaSeparatedValues(Header).Any(static value => value.Equals(Minimal, StringComparison.OrdinalIgnoreCase))));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(RouteConventions.Header(
        Header, "`return=minimal` to be answered with 204 and the ETag only.", new OpenApiSchema { Type = JsonSchemaType.String, Examples = [Minimal] }));
}
