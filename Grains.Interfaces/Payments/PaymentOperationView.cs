namespace ActorShop.Payments;

/// <param name="Kind">authorise, capture, refund or void.</param>
/// <param name="Outcome">done, declined or unknown.</param>
[GenerateSerializer, Immutable, Alias("payments.operation-view")]
public sealed record PaymentOperationView(string Key, string Kind, Money Amount, string Outcome, string? Code, DateTimeOffset At);
