namespace ActorShop.Payments;

/// <summary>One operation of a payment.</summary>
/// <param name="Key">Its key, here and at the provider.</param>
/// <param name="Kind">authorise, capture, refund or void.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Outcome">done, declined or unknown.</param>
/// <param name="Code">The provider's code if it declined.</param>
/// <param name="At">When the outcome was recorded.</param>
[GenerateSerializer, Immutable, Alias("payments.operation-view")]
public sealed record PaymentOperationView(string Key, string Kind, Money Amount, string Outcome, string? Code, DateTimeOffset At);
