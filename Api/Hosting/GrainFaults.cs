using Microsoft.AspNetCore.Diagnostics;

namespace ActorShop.Api.Hosting;

/// <summary>Maps exceptions of grain calls to problems.</summary>
internal sealed partial class GrainFaults(Silos silos, ILogger<GrainFaults> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client is gone. Grains finish what they have started.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await ProblemOf(exception).ExecuteAsync(httpContext);
        return true;
    }

    private Problem ProblemOf(Exception exception)
    {
        switch (exception)
        {
            // A grain is at its limit. The call was not executed.
            case LimitExceededException or GatewayTooBusyException:
                LogOverloaded(logger, exception.Message);
                return new Problem(Problems.Unavailable, "The shop is busy. Try again.");

            // The call was rejected, or its silo was lost. After a version conflict or a failed write, the grain starts again from the database.
            // An API that stops cancels its unfinished calls.
            case OrleansException or OperationCanceledException:
            case ArgumentException when silos.AreAllGone:
                LogUnavailable(logger, exception.GetType().Name);
                return new Problem(Problems.Unavailable);

            case TimeoutException:
                LogOutcomeUnknown(logger);
                return new Problem(Problems.OutcomeUnknown);

            case BadHttpRequestException refused:
                return new Problem(Problems.OfStatus(refused.StatusCode));

            default:
                LogUnexpected(logger, exception);
                return new Problem(Problems.InternalError);
        }
    }

    [LoggerMessage(3101, LogLevel.Warning, "A grain cannot be called: {Fault}.")]
    private static partial void LogUnavailable(ILogger logger, string fault);

    [LoggerMessage(3102, LogLevel.Warning, "A grain did not answer in time.")]
    private static partial void LogOutcomeUnknown(ILogger logger);

    [LoggerMessage(3103, LogLevel.Error, "A request failed.")]
    private static partial void LogUnexpected(ILogger logger, Exception exception);

    [LoggerMessage(3104, LogLevel.Warning, "A grain refused a call: {Reason}")]
    private static partial void LogOverloaded(ILogger logger, string reason);
}
