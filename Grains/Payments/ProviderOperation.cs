namespace ActorShop.Payments;

/// <param name="Key">Made by the shop, the same at each repetition; at most 255 printable characters.</param>
/// <param name="Payment">The payment it belongs to, named by the shop: also the reference of its authorisation.</param>
/// <param name="Amount">How much; zero with <see cref="ProviderOperationKind.Void"/>.</param>
public sealed record ProviderOperation(string Key, ProviderOperationKind Kind, PaymentId Payment, Money Amount, string? Token);
