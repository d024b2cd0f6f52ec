using System.Text.Json.Serialization;
using ActorShop.Api.Carts;

namespace ActorShop.Api;

/// <summary>A problem (RFC 9457).</summary>
/// <param name="Type">The URI of the kind of problem.</param>
/// <param name="Title">A short summary of the kind of problem.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">An explanation of this occurrence.</param>
/// <param name="Instance">The path of the request.</param>
/// <param name="Code">A stable code for the kind of problem.</param>
/// <param name="TraceId">The id of the request in logs and traces.</param>
/// <param name="Errors">The invalid parts of the request.</param>
/// <param name="Sku">The affected SKU.</param>
/// <param name="Available">The units available.</param>
/// <param name="Refundable">The units that are still refundable.</param>
/// <param name="MaxLines">The maximum number of lines.</param>
/// <param name="DeclineCode">The payment provider's decline code.</param>
/// <param name="OrderId">The affected order.</param>
/// <param name="ProductId">The affected product.</param>
/// <param name="CurrentVersion">The current version of the resource.</param>
/// <param name="RefundableAmount">The amount that is still refundable.</param>
/// <param name="Cart">The cart at current prices.</param>
/// <param name="OnHand">The units on hand.</param>
public sealed record ProblemResponse(
    [property: JsonRequired] string Type = "", [property: JsonRequired] string Title = "", [property: JsonRequired] int Status = 0,
    [property: JsonRequired] string Detail = "", [property: JsonRequired] string Instance = "", [property: JsonRequired] string Code = "",
    [property: JsonRequired] string TraceId = "", IReadOnlyList<ProblemError>? Errors = null, string? Sku = null, int? Available = null,
    int? Refundable = null, int? MaxLines = null, string? DeclineCode = null, string? OrderId = null, string? ProductId = null,
    long? CurrentVersion = null, MoneyBody? RefundableAmount = null, CartResponse? Cart = null, int? OnHand = null);

/// <summary>An invalid part of the request.</summary>
/// <param name="At">The location: a JSON pointer into the body, or <c>query:name</c>, <c>path:name</c>, <c>header:name</c>.</param>
/// <param name="Code">A stable code, such as <c>unknown_member</c> or <c>out_of_range</c>.</param>
/// <param name="Message">An explanation for people.</param>
public sealed record ProblemError([property: JsonPropertyName("pointer")] string At, string Code, string Message);
