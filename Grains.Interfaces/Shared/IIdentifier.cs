namespace ActorShop;

/// <summary>A value that is one string: written as that string in state and in answers.</summary>
/// <typeparam name="TSelf">The identifier itself.</typeparam>
public interface IIdentifier<TSelf>
    where TSelf : struct, IIdentifier<TSelf>
{
    /// <summary>The text.</summary>
    string Value { get; }

    /// <summary>Wraps a text without a check: input is checked where it enters.</summary>
    static abstract TSelf From(string value);
}
