using System.Text.Json;

namespace ActorShop.Cli.Shop;

/// <summary>What the shop answered: a status and a JSON body.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body; of kind <see cref="JsonValueKind.Undefined"/> where there is none.</param>
/// <param name="EntityTag">The ETag as it was sent, in its quotation marks.</param>
/// <param name="IsReplay">Whether the shop had done the work at an earlier attempt.</param>
/// <param name="Attempts">How often it was asked.</param>
internal sealed record ShopAnswer(int Status, JsonElement Body, string? EntityTag, bool IsReplay, int Attempts)
{
    /// <summary>Whether it is a success.</summary>
    public bool IsFine => Status is >= 200 and < 300;

    /// <summary>The problem code of a refusal.</summary>
    public string Code => Text("code") ?? $"http_{Status}";

    /// <summary>A refusal in one line.</summary>
    public string Explanation
    {
        get
        {
            var text = Text("detail") ?? Text("title");
            var first = Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty("errors", out var errors)
                && errors.ValueKind is JsonValueKind.Array && errors.GetArrayLength() > 0 ? errors[0] : default;
            var where = first.ValueKind is JsonValueKind.Object
                ? $" ({first.GetProperty("pointer").GetString()}: {first.GetProperty("message").GetString()})"
                : string.Empty;
            return text is null ? $"{Status} {Code}{where}" : $"{Status} {Code}: {text}{where}";
        }
    }

    /// <summary>A member of the body that is text; null where there is none.</summary>
    public string? Text(string name) =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The minor units of a member of the body that is money; 0 where it is absent.</summary>
    public long Amount(string name) =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty(name, out var money) && money.ValueKind is JsonValueKind.Object
            ? money.GetProperty("amount").GetInt64()
            : 0;
}
