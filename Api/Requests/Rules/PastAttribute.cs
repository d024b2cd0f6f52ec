namespace ActorShop.Api;

/// <summary>Requires a time between 1970 and now.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class PastAttribute : ValidationAttribute
{
    // The clock of a client may be ahead.
    private static readonly TimeSpan Tolerance = TimeSpan.FromDays(1);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var now = ((TimeProvider)validationContext.GetService(typeof(TimeProvider))!).GetUtcNow();
        return value is DateTimeOffset time && (time < DateTimeOffset.UnixEpoch || time > now + Tolerance)
            ? new Violation("out_of_range", "Must be between 1970-01-01 and now.")
            : ValidationResult.Success;
    }
}
