using System.Text.Json;
using Orleans.Storage;

namespace ActorShop.Storage;

/// <summary>States as the JSON that the tables of the shop are made from: for Orleans' own ADO.NET storage over the shop's schema.</summary>
/// <remarks>Set it as the storage's <c>GrainStorageSerializer</c>. What Orleans writes otherwise has the names of .NET types in it.</remarks>
public sealed class ShopStateSerializer : IGrainStorageSerializer
{
    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, ShopJson.Options));

    /// <inheritdoc/>
    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, ShopJson.Options);
}
