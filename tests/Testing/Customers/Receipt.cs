using System.Text.Json.Serialization;

namespace ActorShop.Testing.Customers;

/// <summary>What a client keeps of a request with an effect, so that the checks can compare the shop with it.</summary>
/// <param name="Reply">The last answer; unknown if every attempt failed.</param>
/// <param name="At">When the answer arrived, since the start of the run.</param>
/// <param name="Took">The time to the answer, with all attempts.</param>
public sealed record Receipt(ShopCall Call, ShopReply Reply, TimeSpan At = default, TimeSpan Took = default)
{
    /// <summary>The order of the request, or the order that it placed.</summary>
    [JsonIgnore]
    public string? Order => Call.Order ?? (IsPlaced ? Reply.Id : null);

    [JsonIgnore]
    public bool IsPlaced => Call.Kind is CallKind.Checkout or CallKind.Import && Reply.IsFine;

    public override string ToString() => $"{Call.Key} ({Call.Kind}): {Reply}";
}
