using Microsoft.AspNetCore.Http.Json;

namespace ActorShop.Api;

/// <summary>A handler's parameter that was bound from the request or refused.</summary>
internal interface IBound
{
    /// <summary>The refusal; null if the value is valid.</summary>
    Problem? Refusal { get; }
}

/// <summary>Answers requests with invalid parts before the handler runs.</summary>
internal sealed class RequestFilter(IOptions<JsonOptions> json) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // The framework has refused the body, and RequestBody explains why.
        if (context.HttpContext.Response.StatusCode is StatusCodes.Status400BadRequest)
        {
            return ValueTask.FromResult<object?>(Results.Empty);
        }

        var metadata = context.HttpContext.GetEndpoint()!.Metadata;
        var refusal = QueryReader.Unknown(context.HttpContext.Request, metadata)
            ?? context.Arguments.Select(argument => RefusalOf(argument, metadata, context.HttpContext)).FirstOrDefault(static refusal => refusal is not null);
        return refusal is null ? next(context) : ValueTask.FromResult<object?>(refusal);
    }

    private Problem? RefusalOf(object? argument, EndpointMetadataCollection metadata, HttpContext http)
    {
        switch (argument)
        {
            case IBound { Refusal: { } refusal }:
                return refusal;

            case IfMatch { IsPresent: false } when metadata.Contains(IfMatch.Required):
                return new Problem(Problems.PreconditionRequired);

            case { } body when body.GetType() == metadata.GetMetadata<RequestBodyType>()?.Type:
                var errors = new ValidationErrors();
                BodyValidation.Check(body, json.Value.SerializerOptions.GetTypeInfo(body.GetType()), string.Empty, http.RequestServices, errors);
                return errors.IsEmpty ? null : errors.ToProblem();

            default:
                return null;
        }
    }
}
