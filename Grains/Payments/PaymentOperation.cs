namespace ActorShop.Payments;

/// <summary>An operation that came to its end. Without <paramref name="DeclineCode"/> it was done.</summary>
internal sealed record PaymentOperation(string Key, string Kind, Money Amount, string? DeclineCode, DateTimeOffset At);
