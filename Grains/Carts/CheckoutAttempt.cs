using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>An attempt as the cart stores it, for as long as the cart itself.</summary>
/// <param name="Attempt">The version on which it is based, and its request; null of attempts that older versions began.</param>
/// <param name="ResumeAt">When the cart resumes it, unless it has ended.</param>
internal sealed record CheckoutAttempt(
    OrderId Order, CartAttempt? Attempt, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt);
