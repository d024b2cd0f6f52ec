namespace ActorShop.PaymentSimulator.Acquiring;

/// <summary>What a token makes the provider do with authorisations, captures and refunds. Voids are always answered at once.</summary>
public enum TokenBehaviour
{
    /// <summary>It answers at once.</summary>
    Prompt,

    /// <summary>It does what was asked, and its answer does not arrive in time.</summary>
    TimesOut,

    /// <summary>It says neither yes nor no, and decides some seconds later.</summary>
    Late,

    /// <summary>It hears everything twice.</summary>
    Twice,
}

/// <summary>The tokens that the provider knows.</summary>
public static class TokenBehaviours
{
    /// <summary>How the provider behaves for a token.</summary>
    public static TokenBehaviour Of(string? token) => token switch
    {
        "tok_timeout" => TokenBehaviour.TimesOut,
        "tok_late" => TokenBehaviour.Late,
        "tok_twice" => TokenBehaviour.Twice,
        _ => TokenBehaviour.Prompt,
    };

    /// <summary>Why a token is declined; null where it is not.</summary>
    public static string? DeclineCode(string? token) => token switch
    {
        "tok_ok" or "tok_timeout" or "tok_late" or "tok_twice" => null,
        "tok_declined" => "card_declined",
        _ => "invalid_token",
    };
}
