using ActorShop.Api.Idempotency;

namespace ActorShop.Api.Hosting;

/// <summary>Repeats a request that a lost or departing silo has failed, where a client may repeat it too: so a client meets a slow answer instead of a 503.</summary>
/// <remarks>
/// <para>
/// What may be repeated is what the API's contract says: a read, a PUT, a DELETE, and a POST with an <c>Idempotency-Key</c>. A POST without a key is
/// not, since one of its calls may have taken effect.
/// </para>
/// <para>
/// A call that was refused because a grain is at its limit is not repeated: that would add to the load.
/// </para>
/// </remarks>
internal sealed class RepeatFilter(IOptions<ApiOptions> options, Silos silos, TimeProvider clock) : IEndpointFilter
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IsRepeatable(http.Request))
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
                // Until the first attempt ends, which goes on without its caller, a repeat is told that it is still running.
                if (pause == FirstPause || isLast || Problem.In(result)?.Kind != Problems.IdempotencyInProgress)
                {
                    return result;
                }
            }
            catch (Exception fault) when (!isLast && IsPassing(fault, http.Request))
            {
                // A silo that is lost is evicted in moments, and by then its grains are somewhere else.
            }

            await Task.Delay(pause, clock, http.RequestAborted);
        }
    }

    private static bool IsRepeatable(HttpRequest request) =>
        !HttpMethods.IsPost(request.Method) || request.Headers.ContainsKey(IdempotencyKey.Header);

    // A time-out was long enough for a command. A read by an external client, which does not hear of lost silos, is worth another try.
    private bool IsPassing(Exception fault, HttpRequest request) => fault switch
    {
        LimitExceededException or GatewayTooBusyException => false,
        OrleansException => true,
        ArgumentException => silos.AreAllGone,
        TimeoutException => HttpMethods.IsGet(request.Method),
        _ => false,
    };
}
