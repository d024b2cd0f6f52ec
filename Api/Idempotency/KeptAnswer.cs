using System.Text;

namespace ActorShop.Api.Idempotency;

/// <summary>An answer that is kept under an idempotency key, sent as it was kept.</summary>
internal sealed class KeptAnswer(Answer answer, bool isReplay) : IResult, IStatusCodeHttpResult
{
    public const string ReplayHeader = "Idempotent-Replayed";

    public int? StatusCode => answer.Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        if (answer.Location is { } location)
        {
            response.Headers.Location = location;
        }

        if (isReplay)
        {
            response.Headers[ReplayHeader] = "true";
        }

        if (answer.Body.Length == 0)
        {
            return Task.CompletedTask;
        }

        response.ContentType = answer.Status < StatusCodes.Status400BadRequest ? "application/json; charset=utf-8" : Problem.ContentType;
        var bytes = Encoding.UTF8.GetBytes(answer.Body);
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
