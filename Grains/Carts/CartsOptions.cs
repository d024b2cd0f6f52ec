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
}
