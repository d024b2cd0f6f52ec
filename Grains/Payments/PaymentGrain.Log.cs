using Microsoft.Extensions.Logging;

namespace ActorShop.Payments;

internal sealed partial class PaymentGrain
{
    [LoggerMessage(3100, LogLevel.Warning, "The outcome of {Kind} {OperationKey} of {Payment} is not known yet.")]
    private static partial void LogUnknown(ILogger logger, string payment, ProviderOperationKind kind, string operationKey);
}
