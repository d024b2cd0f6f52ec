using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ActorShop.Cli.Shop;

namespace ActorShop.Chaos.Workload;

/// <summary>Somebody who asks the shop for something, repeats it until an answer comes, and writes the answer down.</summary>
/// <param name="shop">The shop.</param>
/// <param name="receipts">Where answers are written down.</param>
/// <param name="observations">The time of the run.</param>
/// <param name="name">Unlike anybody else's: keys are made of it.</param>
internal abstract class Client(ShopClient shop, Receipts receipts, Observations observations, string name)
{
    private int _keys;

    /// <summary>The shop.</summary>
    protected ShopClient Shop => shop;

    /// <summary>Where answers are written down.</summary>
    protected Receipts Receipts => receipts;

    /// <summary>Does one thing after another until it is told to stop; what is begun is brought to its end.</summary>
    /// <param name="isOver">Whether to stop.</param>
    /// <param name="cancellationToken">Gives up what is begun, too.</param>
    public async Task RunAsync(Func<bool> isOver, CancellationToken cancellationToken)
    {
        while (!isOver() && !cancellationToken.IsCancellationRequested)
        {
            await RoundAsync(cancellationToken);
        }
    }

    /// <summary>Does its things once.</summary>
    protected abstract Task RoundAsync(CancellationToken cancellationToken);

    /// <summary>A key that was never used.</summary>
    protected string NextKey() => string.Create(CultureInfo.InvariantCulture, $"{name}-{++_keys}");

    /// <summary>Asks, and waits for the answer through whatever goes on.</summary>
    /// <returns>The answer; null where none came within the patience of the shop's client.</returns>
    protected async Task<ShopAnswer?> AskAsync(ShopRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await shop.SendAsync(request, cancellationToken);
        }
        catch (ToolException given) when (given.ExitCode is ExitCode.Unreachable)
        {
            // What became of it is for the end to find out.
            receipts.GiveUp();
            return null;
        }
    }

    /// <summary>Asks for something that has an effect, and writes down what was said.</summary>
    /// <param name="draft">What is known before: kind, key, path, and what it is about.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="amount">The member of the answer that is money to be remembered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected async Task<ShopAnswer?> AskAsync(Receipt draft, object body, string? amount, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.SerializeToElement(body, body.GetType(), ShopClient.Json);
        var began = observations.Now;
        var answer = await AskAsync(ShopRequest.Post(draft.Path, request, draft.Key), cancellationToken);
        receipts.Add(draft with
        {
            Status = answer?.Status ?? 0,
            At = observations.Now,
            Took = observations.Now - began,
            Code = answer is { IsFine: false } ? answer.Code : null,
            Order = draft.Order ?? (draft.Kind is ReceiptKind.Checkout && answer is { IsFine: true } ? answer.Text("id") : null),
            Amount = amount is null || answer is not { IsFine: true } ? 0 : answer.Amount(amount),
            Request = request,
            Answer = answer?.Body.ValueKind is null or JsonValueKind.Undefined ? null : answer.Body.GetRawText(),
        });
        return answer;
    }

    /// <summary>A version that an answer tells in its ETag.</summary>
    protected static long VersionOf(ShopAnswer answer) =>
        answer.Body.TryGetProperty("version", out var version) ? version.GetInt64() : throw new UnreachableException("There is no version.");
}

/// <summary>Something to buy.</summary>
/// <param name="Product">The product.</param>
/// <param name="Sku">Its SKU.</param>
/// <param name="Opening">Units to begin with.</param>
internal sealed record ChaosGood(string Product, string Sku, int Opening);
