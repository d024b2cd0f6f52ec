using System.Text.Json.Serialization;

namespace ActorShop.Carts;

internal sealed record CheckoutAttempt(
    OrderId Order, CheckoutDetails Details, string Token, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt);
