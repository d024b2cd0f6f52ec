namespace ActorShop.EndToEnd.Clients;

/// <summary>
/// Goal: a client that a user generates from the OpenAPI document works.
/// Method: NSwag generates one when this project is built; it runs the journey of the README against the shipped program.
/// </summary>
[Trait("Suite", "EndToEnd")]
public sealed class CSharpClientTests
{
    [Fact]
    public async Task GeneratedClient_BuysCapturesAndRefunds()
    {
        await using var shop = await ShopProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = shop.Public };
        http.DefaultRequestHeaders.Authorization = Http.Bearer(ShopProcess.AdminKey);
        var client = new ShopClient(http);

        // Every page of the catalogue. The last one has no cursor.
        var ids = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await client.ListProductsAsync(limit: 5, cursor: cursor);
            page.Data.ShouldAllBe(product => ids.Add(product.Id));
            page.HasMore.ShouldBe(page.NextCursor is not null);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        ids.Count.ShouldBeGreaterThan(5);

        var found = (await client.ListProductsAsync(query: "balance", limit: 1)).Data.Single();
        var variant = (await client.GetProductAsync(found.Id)).Variants.First();
        var before = await client.GetStockAsync(variant.Sku);

        var cart = await client.CreateCartAsync(new CreateCartRequest { Currency = "GBP" });
        cart.OrderId.ShouldBeNull();
        var filled = await client.SetCartItemAsync(cart.Id, variant.Sku, new PutItemRequest { Quantity = 2 });
        filled.Total.Amount.ShouldBe(2 * variant.Price.Amount);
        var order = await client.CheckOutCartAsync(cart.Id, "buy", Buyer());
        order.Status.ShouldBe(OrderStatus.Confirmed);
        order.Failure.ShouldBeNull();
        (await client.GetCartAsync(cart.Id)).OrderId.ShouldBe(order.Id);
        (await client.GetStockAsync(variant.Sku)).Available.ShouldBe(before.Available - 2);

        var empty = await client.CreateCartAsync(new CreateCartRequest { Currency = "GBP" });
        var refusal = await Should.ThrowAsync<ApiException<ProblemResponse>>(() => client.CheckOutCartAsync(empty.Id, "buy", Buyer()));
        (refusal.StatusCode, refusal.Result.Code).ShouldBe((422, "cart_empty"));
        refusal.Result.Detail.ShouldNotBeNullOrEmpty();

        var captured = await client.CaptureOrderAsync(order.Id, "capture", new CaptureRequest());
        captured.Order.PaymentStatus.ShouldBe(PaymentStatus.Captured);
        var refunded = await client.RefundOrderAsync(order.Id, "refund", new RefundOrderRequest
        {
            Items = [new RefundLineBody { Sku = variant.Sku, Quantity = 1, Restock = true }],
            Reason = "Broken on arrival",
        });
        refunded.Refunded!.Amount.ShouldBe(variant.Price.Amount);

        var steps = (await client.GetOrderHistoryAsync(order.Id)).Data.Select(static step => step.Type).ToArray();
        steps[0].ShouldBe("placed");
        var events = (await client.GetOrderEventsAsync(order.Id)).Data;
        events.Single(static step => step.Type is "refunded").Refunded!.Amount.ShouldBe(variant.Price.Amount);
    }

    private static CheckoutRequest Buyer() => new()
    {
        Email = "ada@example.com",
        ShippingAddress = new AddressBody { Name = "Ada", Line1 = "1 High Street", City = "Leeds", PostalCode = "LS1 1AA", Country = "GB" },
        Payment = new PaymentBody { Token = "tok_ok" },
    };
}
