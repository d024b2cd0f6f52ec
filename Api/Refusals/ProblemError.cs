using System.Text.Json.Serialization;

namespace ActorShop.Api;

/// <summary>An invalid part of the request.</summary>
/// <param name="At">The location: a JSON pointer into the body, or <c>query:name</c>, <c>path:name</c>, <c>header:name</c>.</param>
/// <param name="Code">A stable code, such as <c>unknown_member</c> or <c>out_of_range</c>.</param>
/// <param name="Message">An explanation for people.</param>
public sealed record ProblemError([property: JsonPropertyName("pointer")] string At, string Code, string Message);
