using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api;

/// <summary>The query of a request, read strictly.</summary>
/// <remarks>The framework's <c>[AsParameters]</c> takes <c>True</c>, <c>09/12/2011</c>, empty and repeated values, and names no parameter in its errors.</remarks>
/// <typeparam name="T">The parameters.</typeparam>
internal sealed class Query<T> : IBound, IEndpointParameterMetadataProvider
    where T : IQuery<T>
{
    private Query(T value, Problem? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    public T Value { get; }

    public Problem? Refusal { get; }

    public static ValueTask<Query<T>?> BindAsync(HttpContext context)
    {
        var reader = new QueryReader(context.Request);
        var value = T.Read(reader);
        return ValueTask.FromResult<Query<T>?>(new Query<T>(value, reader.Finish()));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var reader = new QueryReader(request: null);
        T.Read(reader);
        builder.Metadata.Add(new QueryMetadata(reader.Declared));
    }
}
