using System.Text.Json.Serialization;

namespace ActorShop.Api;

/// <summary>A problem (RFC 9457).</summary>
public sealed record ProblemResponse
{
    /// <summary>The URI of the kind of problem.</summary>
    [JsonRequired]
    public string Type { get; init; } = string.Empty;

    /// <summary>A short summary of the kind of problem.</summary>
    [JsonRequired]
    public string Title { get; init; } = string.Empty;

    /// <summary>The HTTP status.</summary>
    [JsonRequired]
    public int Status { get; init; }

    /// <summary>An explanation of this occurrence.</summary>
    public string? Detail { get; init; }

    /// <summary>The path of the request.</summary>
    [JsonRequired]
    public string Instance { get; init; } = string.Empty;

    /// <summary>A stable code for the kind of problem.</summary>
    [JsonRequired]
    public string Code { get; init; } = string.Empty;

    /// <summary>The id of the request in logs and traces.</summary>
    [JsonRequired]
    public string TraceId { get; init; } = string.Empty;

    /// <summary>The invalid parts of the request.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The affected SKU.</summary>
    public string? Sku { get; init; }

    /// <summary>The units available.</summary>
    public int? Available { get; init; }

    /// <summary>The units that are still refundable.</summary>
    public int? Refundable { get; init; }

    /// <summary>The maximum number of lines.</summary>
    public int? MaxLines { get; init; }

    /// <summary>The payment provider's decline code.</summary>
    public string? DeclineCode { get; init; }

    /// <summary>The affected order.</summary>
    public string? OrderId { get; init; }

    /// <summary>The affected product.</summary>
    public string? ProductId { get; init; }

    /// <summary>The current version of the resource.</summary>
    public long? CurrentVersion { get; init; }
}
