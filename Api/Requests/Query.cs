using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ActorShop.Api;

/// <summary>The parameters of a list or a report.</summary>
/// <typeparam name="TSelf">The parameters themselves.</typeparam>
internal interface IQuery<TSelf>
    where TSelf : IQuery<TSelf>
{
    /// <summary>Asks for every parameter there is.</summary>
    static abstract TSelf Read(QueryReader query);
}

/// <summary>The query of a request, read strictly.</summary>
/// <typeparam name="T">Its parameters.</typeparam>
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
        reader.Finish();
        var refusal = reader switch
        {
            { Findings.Errors: { Count: > 0 } errors } => new Problem(Problems.ValidationFailed, errors[0].Message) { Errors = errors },
            { HasForeignCursor: true } => new Problem(Problems.InvalidCursor, "Use nextCursor unchanged, with the same filters."),
            _ => null,
        };
        return ValueTask.FromResult<Query<T>?>(new Query<T>(value, refusal));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var reader = new QueryReader(request: null);
        T.Read(reader);
        builder.Metadata.Add(new QueryMetadata(reader.Declared));
    }
}

/// <summary>What the documentation needs to know of a query.</summary>
internal sealed record QueryMetadata(IReadOnlyList<QueryParameter> Parameters);
