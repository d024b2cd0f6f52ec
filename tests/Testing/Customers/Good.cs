using System.Globalization;

namespace ActorShop.Testing.Customers;

public sealed record Good(string Product, string Sku)
{
    /// <summary>The goods of a run, numbered from 1.</summary>
    public static Good Of(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"{ProductId.Prefix}{number:x32}"), string.Create(CultureInfo.InvariantCulture, $"GOOD-{number:000}"));
}
