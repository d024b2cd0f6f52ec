using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api;

internal interface IQuery<TSelf>
    where TSelf : IQuery<TSelf>
{
    /// <summary>Reads every parameter. The documentation calls it too, to learn which there are.</summary>
    static abstract TSelf Read(QueryReader query);
}

/// <summary>The query of a request, read strictly.</summary>
/// <remarks>The framework's <c>[AsParameters]</c> takes <c>True</c>, <c>09/12/2011</c>, empty and repeated values, and names no parameter in its errors.</remarks>
internal sealed record Query<T>(T Value, Problem? Refusal) : IBound, IEndpointParameterMetadataProvider
    where T : IQuery<T>
{
    public static async ValueTask<Query<T>?> BindAsync(HttpContext context)
    {
        var reader = new QueryReader(context.Request);
        var value = T.Read(reader);
        var refusal = reader.Finish();
        if (refusal is null && reader.Paging is { } paging)
        {
            var key = await context.RequestServices.GetRequiredService<CursorKey>().GetAsync();
            refusal = paging.TryOpen(key) ? null : new Problem(Problems.InvalidCursor);
        }

        return new Query<T>(value, refusal);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var reader = new QueryReader(request: null);
        T.Read(reader);
        foreach (var declared in reader.Declared)
        {
            builder.Metadata.Add(declared);
        }

        if (reader.Paging is not null)
        {
            builder.Metadata.Add(new Refusals(Problems.InvalidCursor));
        }
    }
}
