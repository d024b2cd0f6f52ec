using System.Text.Json.Serialization;

namespace ActorShop.Testing.Customers;

/// <summary>The requests that customers and clerks send.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallKind>))]
public enum CallKind
{
    /// <summary>List products.</summary>
    ListProducts,

    /// <summary>Read a product.</summary>
    ReadProduct,

    /// <summary>Read the stock level of a SKU.</summary>
    ReadStock,

    /// <summary>Create a cart.</summary>
    CreateCart,

    /// <summary>Read a cart.</summary>
    ReadCart,

    /// <summary>Set the quantity of a line of a cart.</summary>
    SetLine,

    /// <summary>Check out a cart.</summary>
    Checkout,

    /// <summary>Read an order.</summary>
    ReadOrder,

    /// <summary>Cancel an order.</summary>
    Cancel,

    /// <summary>Capture the payment of an order.</summary>
    Capture,

    /// <summary>Refund units of an order.</summary>
    Refund,

    /// <summary>Add units to the stock of a SKU.</summary>
    Restock,
}
