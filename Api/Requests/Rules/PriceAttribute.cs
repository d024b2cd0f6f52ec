namespace ActorShop.Api;

/// <summary>Requires an amount of zero or more.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class PriceAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) => Check((MoneyBody)value!);

    public static Violation? Check(MoneyBody price, string at = "") => price.Amount is >= 0 and <= MoneyBody.MaxAmount
        ? null
        : new Violation("out_of_range", $"Must be between 0 and {MoneyBody.MaxAmount}.", at + "/amount");
}
