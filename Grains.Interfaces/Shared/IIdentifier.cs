namespace ActorShop;

/// <summary>A value that is one string: written as that string in state and in answers.</summary>
public interface IIdentifier<TSelf>
    where TSelf : struct, IIdentifier<TSelf>
{
    string Value { get; }

    /// <summary>Wraps a text without a check: input is checked where it enters.</summary>
    static abstract TSelf From(string value);
}
