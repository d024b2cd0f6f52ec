using Microsoft.Extensions.Logging;

namespace ActorShop.Orders;

internal sealed partial class OrderGrain
{
    [LoggerMessage(3000, LogLevel.Information, "Order {Order} fails: {Code}.")]
    private static partial void LogCompensating(ILogger logger, string order, FailureCode code);

    [LoggerMessage(3001, LogLevel.Warning, "A step of order {Order} failed ({Step}); it is retried.")]
    private static partial void LogFault(ILogger logger, Exception fault, string order, string? step);

    [LoggerMessage(3002, LogLevel.Error, "Order {Order} makes no progress ({Step}) after {Attempts} attempts.")]
    private static partial void LogStuck(ILogger logger, string order, string? step, int attempts);

    [LoggerMessage(3003, LogLevel.Error, "The provider refuses to void the hold of order {Order}: {Code}.")]
    private static partial void LogVoidRefused(ILogger logger, string order, string code);

    [LoggerMessage(3004, LogLevel.Error, "The stock of {Sku} cannot move {Units} units of order {Order}: {Answer}.")]
    private static partial void LogNotMoved(ILogger logger, string order, string sku, int units, string answer);

    [LoggerMessage(3005, LogLevel.Warning, "Not every stock was told that order {Order} is confirmed. Those ask.")]
    private static partial void LogNotTold(ILogger logger, Exception fault, string order);
}
