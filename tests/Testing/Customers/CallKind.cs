using System.Text.Json.Serialization;

namespace ActorShop.Testing.Customers;

/// <summary>The requests that customers, clerks and the merchant send.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallKind>))]
public enum CallKind
{
    ListProducts,
    ReadProduct,
    ReadStock,
    CreateCart,
    ReadCart,
    SetLine,
    Checkout,
    ReadOrder,
    Cancel,
    Capture,
    Refund,

    /// <summary>Ships a whole order.</summary>
    Ship,

    /// <summary>Adjusts the stock of a SKU; a negative quantity takes units out.</summary>
    Restock,
    CreateProduct,
    SetPrice,

    /// <summary>Imports an order from another system. Its external id is the request's key.</summary>
    Import,
}
