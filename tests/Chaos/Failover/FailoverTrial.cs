using System.Text.Json.Serialization;

namespace ActorShop.Chaos.Failover;

/// <summary>What one trial measured. Times in seconds.</summary>
internal sealed record FailoverTrial(
    [property: JsonConverter(typeof(JsonStringEnumConverter<FailoverKind>))] FailoverKind Kind, int Number, string Target)
{
    /// <summary>
    /// Each caller who noticed: from the fault until its call succeeded; for <see cref="FailoverKind.Database"/> from the moment the database was there
    /// again. For a silo that is cut off: each cart, from the acknowledgement of its change to the last stale answer, or 0. Sorted.
    /// </summary>
    public IReadOnlyList<double> Recoveries { get; init; } = [];

    /// <summary>All requests within the trial, with repetitions.</summary>
    public int Attempts { get; init; }

    /// <summary>Those of them that got no answer of the shop's own: 5xx, or nothing.</summary>
    public int Failed { get; init; }

    /// <summary>The failed attempts by what came: a status, or nothing.</summary>
    public IReadOnlyDictionary<string, int> Failures { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Requests that did not succeed with all their repetitions.</summary>
    public int GivenUp { get; init; }

    /// <summary>How long what was done lasted: the database was away, a silo took to go, a rolling restart went round.</summary>
    public double Lasted { get; init; }

    /// <summary>How long until the first order, where that is what counts.</summary>
    public double FirstOrder { get; init; }

    /// <summary>Answers that were stale.</summary>
    public int Stale { get; init; }

    /// <summary>Reads that a cut-off silo refused.</summary>
    public int Refused { get; init; }

    /// <summary>Processes that ended by themselves.</summary>
    public int Exits { get; init; }

    [JsonIgnore]
    public double Worst => Recoveries.Count == 0 ? 0 : Recoveries[^1];
}
