using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace ActorShop.Api;

/// <summary>Answers requests with invalid parts before the handler runs.</summary>
internal sealed class RequestFilter(IOptions<JsonOptions> json) : IEndpointFilter
{
    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;

        // The framework has refused the body, and RequestBody explains why.
        if (http.Response.StatusCode is StatusCodes.Status400BadRequest)
        {
            return ValueTask.FromResult<object?>(Results.Empty);
        }

        return RefusalOf(context, http.GetEndpoint()!.Metadata) is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(context);
    }

    private Problem? RefusalOf(EndpointFilterInvocationContext context, EndpointMetadataCollection metadata)
    {
        var body = metadata.GetMetadata<RequestBodyType>()?.Type;
        for (var i = 0; i < context.Arguments.Count; i++)
        {
            switch (context.Arguments[i])
            {
                case IBound { Refusal: { } refusal }:
                    return refusal;

                case IfMatch { IsPresent: false } when metadata.GetMetadata<IfMatchRequired>() is not null:
                    return new Problem(Problems.PreconditionRequired, "Send the ETag of the version that you read.");

                case { } argument when argument.GetType() == body:
                    var errors = new ValidationErrors();
                    BodyValidation.Check(argument, _json, context.HttpContext.RequestServices, errors);
                    if (!errors.IsEmpty)
                    {
                        return errors.ToProblem();
                    }

                    break;
            }
        }

        return null;
    }
}
