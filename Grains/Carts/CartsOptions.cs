using System.ComponentModel.DataAnnotations;

namespace ActorShop.Carts;

public sealed class CartsOptions
{
    public const string Section = "Carts";

    /// <summary>How long a checkout waits for its order before it answers that the order is pending.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:25")]
    public TimeSpan CheckoutTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When the cart resumes a checkout whose caller may be lost.</summary>
    /// <value>15 seconds: longer than a checkout takes to be answered.</value>
    /// <remarks>Longer: fewer needless calls. Shorter: the cart of a lost caller reopens or closes sooner.</remarks>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ResumeAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a read waits for the offers of its lines before it shows the prices that the cart stores.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:25")]
    public TimeSpan PriceTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an open cart is kept after its last change, up to the end of a day.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a cart is kept that never had a line.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan EmptyLifetime { get; set; } = TimeSpan.FromHours(6);
}
