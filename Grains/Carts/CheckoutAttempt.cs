using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>A checkout under way.</summary>
internal sealed record CheckoutAttempt(
    OrderId Order, CheckoutDetails Details, string Token, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt);
