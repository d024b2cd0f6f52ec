namespace ActorShop.Payments;

/// <summary>What is asked of a provider.</summary>
/// <param name="Key">Made by the shop, the same at each repetition; at most 255 printable characters.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Payment">The payment it belongs to, named by the shop: also the reference of its authorisation.</param>
/// <param name="Amount">How much; zero with <see cref="ProviderOperationKind.Void"/>.</param>
/// <param name="Token">The means of payment, with <see cref="ProviderOperationKind.Authorise"/>.</param>
public sealed record ProviderOperation(string Key, ProviderOperationKind Kind, PaymentId Payment, Money Amount, string? Token);
