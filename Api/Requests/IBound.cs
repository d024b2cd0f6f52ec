namespace ActorShop.Api;

/// <summary>A handler's parameter that was bound from the request or refused. <see cref="RequestFilter"/> sends the refusal.</summary>
internal interface IBound
{
    /// <summary>The refusal; null if the value is valid.</summary>
    Problem? Refusal { get; }
}
