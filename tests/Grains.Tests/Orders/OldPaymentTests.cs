using System.Runtime.CompilerServices;
using System.Text.Json;
using ActorShop.Payments;

namespace ActorShop.Orders;

/// <summary>Goal: the outcomes that the payment grain of an older version stored are still shown.</summary>
public sealed class OldPaymentTests
{
    [Theory]
    [InlineData("authorised", "authorise")]
    [InlineData("captured", "capture")]
    [InlineData("refunded", "refund")]
    [InlineData("voided", "void")]
    [InlineData("paid-elsewhere", "record_external")]
    [InlineData("declined", "void")]
    public void StoredOutcome_IsRead(string type, string kind)
    {
        var stored = JsonSerializer.Deserialize<OrderGrain.OldPayment>(File.ReadAllText(Path.Combine(Folder(), type + ".json")), ShopJson.Options)!;

        stored.ToOperation(type).ShouldBe(new PaymentOperation(
            "text", kind, new(1299, "GBP"), type is "declined" ? "text" : null, new(2026, 3, 2, 12, 0, 0, 250, TimeSpan.Zero)));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "Fixtures", "payments");
}
