using System.Text.Json.Serialization;

namespace ActorShop.Carts;

/// <summary>An unfinished checkout.</summary>
internal sealed record CheckoutAttempt(
    OrderId Order, CheckoutDetails Details, string Token, DateTimeOffset At, [property: JsonPropertyName("look")] DateTimeOffset ResumeAt);
