namespace ActorShop.Api.Access;

/// <summary>The scope of a route, for the documentation.</summary>
internal sealed record RequiredScope(string Scope);
