namespace ActorShop;

/// <remarks>
/// Every key begins with a prefix that is no hexadecimal number: Orleans' ADO.NET storage parses a key of hexadecimal digits
/// as a number, so that <c>20235</c> and <c>020235</c> would share a row. Prefixes are unique over all grain types, so a
/// key alone names a stream of events.
/// </remarks>
public static class ShopGrains
{
    /// <summary>Who holds an external id of a kind (<c>order</c>, <c>product</c>, …).</summary>
    public static IExternalIdGrain ExternalId(this IGrainFactory grains, string kind, string externalId) =>
        grains.GetGrain<IExternalIdGrain>($"external/{kind}/{externalId}");

    /// <summary>The mark that the installation's first start is over: it has an owner once the sample catalogue can be found.</summary>
    public static IExternalIdGrain FirstStart(this IGrainFactory grains) => grains.ExternalId("installation", "sample-catalogue");

    /// <summary>The secret of the installation's cursors: its owner.</summary>
    public static IExternalIdGrain CursorSecret(this IGrainFactory grains) => grains.ExternalId("installation", "cursor-secret");

    /// <param name="digest">A hash of scope and key in hexadecimal digits.</param>
    public static IIdempotencyGrain Idempotency(this IGrainFactory grains, string digest) =>
        grains.GetGrain<IIdempotencyGrain>($"idem/{digest}");
}
