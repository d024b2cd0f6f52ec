namespace ActorShop.Api.Operators;

/// <summary>The health of the process.</summary>
/// <param name="Status"><c>live</c>, <c>started</c>, <c>ready</c> or <c>unready</c>.</param>
public sealed record HealthResponse(string Status);
