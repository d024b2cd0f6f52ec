namespace ActorShop.Api;

/// <summary>A part of the request that was read before the handler runs; <see cref="RequestFilter"/> sends its refusal.</summary>
internal interface IBound
{
    /// <summary>Why the handler does not run; null if it does.</summary>
    Problem? Refusal { get; }
}
