using Microsoft.Extensions.Primitives;

namespace ActorShop.Api.Idempotency;

/// <summary>
/// Runs a request that makes or moves money or stock at most once per key: claims the key, runs the handler under the operation id of
/// the key, stores the answer, and only then sends it.
/// </summary>
/// <remarks>
/// Answers that tell the outcome are stored: 2xx, 402, 409 and 422, except a refusal because of something temporary and one that
/// executed nothing. All other answers release the claim. Where the outcome is unknown (504, a lost reply), the repeat runs under the same
/// operation id, so that the grains resume and repeat nothing.
/// </remarks>
internal sealed partial class IdempotencyFilter(IGrainFactory grains, TimeProvider clock, ILogger<IdempotencyFilter> logger) : IEndpointFilter
{
    public const string ReplayHeader = "Idempotent-Replayed";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (key, refusal) = IdempotencyKey.Read(http);
        if (key is null)
        {
            return refusal;
        }

        var record = grains.Idempotency(key.Digest);
        return await record.BeginAsync(key) switch
        {
            BeginResult.Run run => await RunAsync(context, next, record, run.OperationId),
            BeginResult.Finished finished => Send(finished.Answer, isReplay: true, http.Response),
            BeginResult.Running => new Problem(Problems.IdempotencyInProgress),
            BeginResult.Reused => new Problem(Problems.IdempotencyKeyReused),
            var other => throw Problems.Unmapped(other),
        };
    }

    private async Task<IResult> RunAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, IIdempotencyGrain record, string operationId)
    {
        var http = context.HttpContext;
        http.Features.Set(new Operation(operationId));
        await using var renewal = clock.CreateTimer(
            _ => _ = TryAsync(record.RenewAsync, operationId), state: null, IIdempotencyGrain.RenewEvery, IIdempotencyGrain.RenewEvery);
        object? result;
        Answer answer;
        try
        {
            result = await next(context);
            answer = await RenderAsync(http, (IResult)result!);
        }
        catch (Exception)
        {
            await TryAsync(record.AbandonAsync, operationId);
            throw;
        }

        if (answer.IsFinal && Problem.In(result) is not ({ IsPassing: true } or { IsDecidedAnew: true }))
        {
            var stored = await record.FinishAsync(operationId, answer);
            return Send(stored, isReplay: stored != answer, http.Response);
        }

        await TryAsync(record.AbandonAsync, operationId);
        return Send(answer, isReplay: false, http.Response);
    }

    /// <summary>Lets the result write itself, into memory.</summary>
    private static async Task<Answer> RenderAsync(HttpContext http, IResult result)
    {
        var response = http.Response;
        var body = response.Body;
        using var memory = new MemoryStream();
        response.Body = memory;
        try
        {
            await result.ExecuteAsync(http);
            await response.BodyWriter.FlushAsync();
        }
        finally
        {
            response.Body = body;
        }

        return new Answer(
            response.StatusCode, Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length), Header(response.Headers.Location),
            Header(response.Headers.ETag));

        static string? Header(StringValues values) => values.ToString() is { Length: > 0 } value ? value : null;
    }

    private static ContentHttpResult Send(Answer answer, bool isReplay, HttpResponse response)
    {
        response.Headers.Location = answer.Location;
        response.Headers.ETag = answer.ETag;
        response.Headers[ReplayHeader] = isReplay ? "true" : null;
        return TypedResults.Content(
            answer.Body, answer.Status < StatusCodes.Status400BadRequest ? "application/json; charset=utf-8" : Problem.ContentType,
            contentEncoding: null, answer.Status);
    }

    // A claim that is neither renewed nor released expires, so its fault is only logged.
    private async Task TryAsync(Func<string, Task> call, string operationId)
    {
        try
        {
            await call(operationId);
        }
        catch (Exception fault)
        {
            LogClaim(logger, fault, operationId);
        }
    }

    [LoggerMessage(3002, LogLevel.Warning, "The claim of operation {Operation} was not renewed or released; it expires.")]
    private static partial void LogClaim(ILogger logger, Exception fault, string operation);
}

/// <summary>The operation that a request executes, the same at each repeat.</summary>
internal sealed record Operation(string Id);
