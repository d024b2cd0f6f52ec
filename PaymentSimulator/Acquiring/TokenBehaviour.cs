namespace ActorShop.PaymentSimulator.Acquiring;

/// <summary>How the provider treats authorisations, captures and refunds of a token. It always answers voids at once.</summary>
public enum TokenBehaviour
{
    Prompt,

    /// <summary>It executes the operation, and its answer does not arrive in time.</summary>
    TimesOut,

    /// <summary>It answers that the operation is pending, and decides some seconds later.</summary>
    Late,

    /// <summary>It receives every request twice.</summary>
    Twice,
}

public static class TokenBehaviours
{
    public static TokenBehaviour Of(string? token) => token switch
    {
        "tok_timeout" => TokenBehaviour.TimesOut,
        "tok_late" => TokenBehaviour.Late,
        "tok_twice" => TokenBehaviour.Twice,
        _ => TokenBehaviour.Prompt,
    };

    /// <summary>The reason to decline a token; null for tokens that pay.</summary>
    public static string? DeclineCode(string? token) => token switch
    {
        "tok_ok" or "tok_timeout" or "tok_late" or "tok_twice" => null,
        "tok_declined" => "card_declined",
        _ => "invalid_token",
    };
}
