using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

/// <summary>A request that was repeated under its key at the end of a run.</summary>
/// <param name="First">The first answer.</param>
/// <param name="Again">The answer at the end.</param>
public sealed record Repetition(Receipt First, ShopReply Again);
