using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorShop.Orders;

namespace ActorShop.Simulation.Shop;

/// <summary>What the API does with requests that move money or stock: claims their key, runs them under its operation id, keeps the answer.</summary>
internal static class OrderDesk
{
    // Something that passes stands in the way: nothing is kept, and whoever asks again may be told otherwise.
    public const int Busy = 425;

    public static Task<Answer?> CancelAsync(Client client, OrderId order, string key) => client.KeyedAsync(
        "cancel", $"POST /v1/orders/{order}/cancel", key, "changed my mind",
        async (grains, operation) => Render(await grains.Order(order).CancelAsync(operation, "changed my mind")));

    public static Task<Answer?> CaptureAsync(Client client, OrderId order, string key) => client.KeyedAsync(
        "capture", $"POST /v1/admin/orders/{order}/capture", key, string.Empty,
        async (grains, operation) => Render(await grains.Order(order).CaptureAsync(operation)));

    public static Task<Answer?> RefundAsync(Client client, OrderId order, string key, RefundRequest refund) => client.KeyedAsync(
        "refund", $"POST /v1/admin/orders/{order}/refunds", key, string.Join(", ", refund.Items),
        async (grains, operation) => Render(await grains.Order(order).RefundAsync(operation, refund)));

    /// <summary>Runs a request under its key, once.</summary>
    /// <returns>The answer; none where the request runs elsewhere now, where something that passes stands in its way, or its key is another's.</returns>
    public static async Task<Kept> RunAsync(
        IGrainFactory grains, RequestKey request, Func<IGrainFactory, string, Task<Answer>> execute)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Scope}\n{request.Key}")));
        var record = grains.Idempotency(digest);
        return await record.BeginAsync(request) switch
        {
            BeginResult.Finished finished => new(finished, finished.Answer),
            BeginResult.Run run => new(run, await RunAsync(grains, record, run.OperationId, execute)),
            var other => new(other, Answer: null),
        };
    }

    private static async Task<Answer?> RunAsync(
        IGrainFactory grains, IIdempotencyGrain record, string operationId, Func<IGrainFactory, string, Task<Answer>> execute)
    {
        Answer answer;
        try
        {
            answer = await execute(grains, operationId);
        }
        catch (Exception)
        {
            await AbandonAsync(record, operationId);
            throw;
        }

        if (answer.Status is (>= 200 and < 300) or 402 or 409 or 422)
        {
            return await record.FinishAsync(operationId, answer);
        }

        await AbandonAsync(record, operationId);
        return answer.Status == Busy ? null : answer;
    }

    private static async Task AbandonAsync(IIdempotencyGrain record, string operationId)
    {
        try
        {
            await record.AbandonAsync(operationId);
        }
        catch (Exception fault) when (Client.IsFault(fault))
        {
            // A claim that is not given back lapses by itself.
            return;
        }
    }

    private static Answer Render(OrderOperationResult result) => result switch
    {
        OrderOperationResult.Done done => new(
            200, string.Create(CultureInfo.InvariantCulture, $"{done.Order.Status} {done.Refunded} {done.Credited}"), Location: null),
        OrderOperationResult.Pending => new(202, "pending", Location: null),
        OrderOperationResult.Busy busy => new(Busy, busy.Refusal.GetType().Name, Location: null),
        OrderOperationResult.Declined declined => new(402, declined.DeclineCode, Location: null),
        OrderOperationResult.Refused refused => new(409, refused.Refusal.GetType().Name, Location: null),
        OrderOperationResult.NoSuchLine line => new(422, line.Sku.Value, Location: null),
        _ => new(404, "unknown", Location: null),
    };
}

/// <summary>What was found under a key, and the answer to the client, if there is one.</summary>
internal sealed record Kept(BeginResult Found, Answer? Answer);
