using System.Text;

namespace ActorShop.Api.Idempotency;

/// <summary>
/// Runs a request that makes or moves money or stock at most once per key: claims the key, runs the handler under the operation id
/// that the key was given for ever, keeps the answer, and only then sends it.
/// </summary>
/// <remarks>
/// Answers that tell of an execution are kept: 2xx, 402, 409 and 422. Any other gives the claim back, and so does a refusal because of
/// something that is only under way. Where the outcome is not known (504, a lost reply), the repeat runs under the same operation id,
/// so that the grains resume and repeat nothing.
/// </remarks>
internal sealed partial class IdempotencyFilter(IGrainFactory grains, TimeProvider clock, ILogger<IdempotencyFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (key, refusal) = IdempotencyKey.Read(http);
        if (key is null)
        {
            return refusal;
        }

        var record = grains.Idempotency(IdempotencyKey.DigestOf(key));
        return await record.BeginAsync(key) switch
        {
            BeginResult.Run run => await RunAsync(context, next, record, run.OperationId),
            BeginResult.Finished finished => new KeptAnswer(finished.Answer, isReplay: true),
            BeginResult.Running => new Problem(Problems.IdempotencyInProgress),
            BeginResult.Reused => new Problem(Problems.IdempotencyKeyReused),
            var other => throw Problems.Unmapped(other),
        };
    }

    private async Task<object?> RunAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, IIdempotencyGrain record, string operationId)
    {
        var http = context.HttpContext;
        http.Features.Set(new Operation(operationId));
        object? result;
        Answer answer;
        await using var renewal = clock.CreateTimer(
            _ => _ = RenewAsync(record, operationId), state: null, IIdempotencyGrain.RenewEvery, IIdempotencyGrain.RenewEvery);
        try
        {
            result = await next(context);
            answer = await RenderAsync(http, result);
        }
        catch (Exception)
        {
            await AbandonAsync(record, operationId);
            throw;
        }

        if (answer.IsFinal && !IsDecidedAnew(result))
        {
            var stored = await record.FinishAsync(operationId, answer);
            return new KeptAnswer(stored, isReplay: stored != answer);
        }

        await AbandonAsync(record, operationId);
        return new KeptAnswer(answer, isReplay: false);
    }

    private static bool IsDecidedAnew(object? result) => result switch
    {
        INestedHttpResult nested => IsDecidedAnew(nested.Result),
        Problem problem => problem.IsPassing || problem.IsDecidedAnew,
        _ => false,
    };

    /// <summary>Lets the result write itself, into memory.</summary>
    private static async Task<Answer> RenderAsync(HttpContext http, object? result)
    {
        var response = http.Response;
        var body = response.Body;
        using var memory = new MemoryStream();
        response.Body = memory;
        try
        {
            await ((IResult)result!).ExecuteAsync(http);
            await response.BodyWriter.FlushAsync();
        }
        finally
        {
            response.Body = body;
        }

        return new Answer(
            response.StatusCode, Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length), response.Headers.Location.ToString() is { Length: > 0 } location ? location : null);
    }

    // A word that is lost is followed by another. Nobody waits for it, so nobody else would hear of its fault.
    private async Task RenewAsync(IIdempotencyGrain record, string operationId)
    {
        try
        {
            await record.RenewAsync(operationId);
        }
        catch (Exception fault)
        {
            LogNotRenewed(logger, fault, operationId);
        }
    }

    // A claim that is not given back lapses by itself.
    private async Task AbandonAsync(IIdempotencyGrain record, string operationId)
    {
        try
        {
            await record.AbandonAsync(operationId);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or OperationCanceledException)
        {
            LogNotAbandoned(logger, fault, operationId);
        }
    }

    [LoggerMessage(3002, LogLevel.Warning, "The claim of operation {Operation} was not renewed; it lapses by itself.")]
    private static partial void LogNotRenewed(ILogger logger, Exception fault, string operation);

    [LoggerMessage(3001, LogLevel.Warning, "The claim of operation {Operation} was not given back; it lapses by itself.")]
    private static partial void LogNotAbandoned(ILogger logger, Exception fault, string operation);
}

/// <summary>The operation that a request is, at each of its repetitions.</summary>
internal sealed record Operation(string Id);

/// <summary>Makes routes repeatable.</summary>
internal static class IdempotencyConventions
{
    /// <summary>Requires a key, and keeps the answer under it in a record of its own.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter<IdempotencyFilter>().RequiresKey();

    /// <summary>Documents that a key is required, where the handler itself takes care of it.</summary>
    public static RouteHandlerBuilder RequiresKey(this RouteHandlerBuilder route) => route.WithMetadata(KeyRequired.Instance);

    /// <summary>The id under which a repeatable request runs.</summary>
    public static string OperationId(this HttpContext http) =>
        http.Features.Get<Operation>()?.Id ?? throw new InvalidOperationException("The route is not idempotent.");
}

/// <summary>Marks a route that requires a key.</summary>
internal sealed class KeyRequired
{
    public static KeyRequired Instance { get; } = new();
}
