using ActorShop.Api.Idempotency;

namespace ActorShop.Api.Hosting;

/// <summary>Repeats a request that a lost or stopping silo failed, so that clients get a slow answer instead of a 503.</summary>
/// <remarks>
/// Repeats reads, PUT, DELETE, and POST to routes that require an <c>Idempotency-Key</c>. Another POST may have taken effect. A call that a grain at its
/// limit refused is not repeated either, because that would add to the load.
/// </remarks>
internal sealed class RepeatFilter(IOptions<ApiOptions> options, Silos silos, TimeProvider clock) : IEndpointFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IsRepeatable(http))
        {
            return await next(context);
        }

        var began = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var isLast = clock.GetElapsedTime(began) + pause >= options.Value.RepeatFor;
            try
            {
                var result = await next(context);
                // A repeat finds its key in use until the first attempt, which continues without its caller, has ended.
                if (pause == FirstPause || isLast || Problem.In(result)?.Kind != Problems.IdempotencyInProgress)
                {
                    return result;
                }
            }
            catch (Exception fault) when (!isLast && IsPassing(fault, http.Request))
            {
                // The cluster evicts a lost silo within moments, and its grains start on another one.
            }

            await Task.Delay(pause, clock, http.RequestAborted);
        }
    }

    // Not by the header: a route that has no use for a key would run again.
    private static bool IsRepeatable(HttpContext http) =>
        !HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()!.Metadata.Contains(IdempotencyKey.Required);

    // A command is not repeated after a time-out. A read is, because an external client does not learn of lost silos.
    private bool IsPassing(Exception fault, HttpRequest request) => fault switch
    {
        LimitExceededException or GatewayTooBusyException => false,
        OrleansException => true,
        ArgumentException => silos.AreAllGone,
        TimeoutException => HttpMethods.IsGet(request.Method),
        _ => false,
    };
}
