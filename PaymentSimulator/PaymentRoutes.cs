using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using ActorShop.Payments;
using ActorShop.PaymentSimulator.Acquiring;
using ActorShop.PaymentSimulator.Journal;
using Microsoft.AspNetCore.Mvc;

namespace ActorShop.PaymentSimulator;

internal static class PaymentRoutes
{
    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/payments/{payment}/{operation}", PostOperation);
        routes.MapGet("/operations/{key}", GetOperation);
        routes.MapGet("/journal", GetJournal);
        routes.MapGet("/health/live", static () => Results.Ok());

        // The journal was read before the first request could come.
        routes.MapGet("/health/ready", static () => Results.Ok());
    }

    private static async Task<IResult> PostOperation(
        string payment, string operation, [FromHeader(Name = "Idempotency-Key")] string? key, OperationRequest request,
        Acquirer acquirer, HttpContext context)
    {
        if (key is not { Length: > 0 and <= 255 } || payment.Length > 64 || request.Currency.Length > 3 || request.Token?.Length > 255)
        {
            return Results.Json(new OperationResponse("refused", "malformed"), JournalEntry.Json, statusCode: 400);
        }

        // By name alone: Enum.Parse would take numbers too.
        if (!Enum.TryParse<ProviderOperationKind>(operation, ignoreCase: true, out var kind) || !char.IsAsciiLetter(operation[0]))
        {
            return Results.NotFound();
        }

        var ruling = await acquirer.ExecuteAsync(
            new(key, kind, new PaymentId(payment), new Money(request.Amount, request.Currency), request.Token));
        if (ruling.AnswerLost)
        {
            // Neither an answer nor the end of the connection, until the caller gives up.
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Results.Empty;
        }

        return Render(ruling);
    }

    private static async Task<IResult> GetOperation(string key, Acquirer acquirer) =>
        await acquirer.FindAsync(key) is { } ruling
            ? Render(ruling)
            : Results.Json(new OperationResponse("not_found", Code: null), JournalEntry.Json, statusCode: 404);

    private static async Task<IResult> GetJournal(Acquirer acquirer, [Range(0, long.MaxValue)] long after = 0, int limit = 1_000)
    {
        var entries = await acquirer.ReadAsync(Math.Max(0, after), Math.Clamp(limit, 1, 10_000));
        return Results.Text(
            string.Concat(entries.Select(static entry => JsonSerializer.Serialize(entry, JournalEntry.Json) + "\n")), "application/x-ndjson");
    }

    private static IResult Render(Ruling ruling) => ruling.Outcome switch
    {
        JournalOutcome.Done => Results.Json(new OperationResponse("done", Code: null), JournalEntry.Json, statusCode: 200),
        JournalOutcome.Pending => Results.Json(new OperationResponse("pending", Code: null), JournalEntry.Json, statusCode: 202),
        _ => Results.Json(new OperationResponse("declined", ruling.Code), JournalEntry.Json, statusCode: 402),
    };
}

/// <summary>The body of an operation.</summary>
/// <param name="Amount">Minor units; 0 for a void.</param>
/// <param name="Currency">The currency; empty for a void.</param>
/// <param name="Token">The means of payment of an authorisation.</param>
public sealed record OperationRequest(long Amount, string Currency, string? Token);

/// <summary>The answer to an operation.</summary>
/// <param name="Outcome">done, declined, pending, not_found or refused.</param>
/// <param name="Code">The reason of a decline or refusal.</param>
public sealed record OperationResponse(string Outcome, string? Code);
