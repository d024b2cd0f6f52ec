using System.Text.Json.Serialization;

namespace ActorShop.Inventory;

/// <param name="CheckAt">When the order is first asked what becomes of the units.</param>
/// <param name="Number">The number of the event that made it; 0 of reservations that older versions made.</param>
internal sealed record Reservation(int Quantity, [property: JsonPropertyName("expiresAt")] DateTimeOffset CheckAt, long Number = 0);
