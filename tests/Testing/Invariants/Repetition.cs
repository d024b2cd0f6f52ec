using ActorShop.Testing.Customers;

namespace ActorShop.Testing.Invariants;

public sealed record Repetition(Receipt First, ShopReply Again);
