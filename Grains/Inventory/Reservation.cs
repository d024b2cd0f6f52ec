using System.Text.Json.Serialization;

namespace ActorShop.Inventory;

/// <param name="CheckAt">When the order is first asked what becomes of the units.</param>
internal sealed record Reservation(int Quantity, [property: JsonPropertyName("expiresAt")] DateTimeOffset CheckAt);
