using System.Text.Json.Serialization;

namespace ActorShop.Cli.Imports;

/// <summary>The outcome of a row that was not refused.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImportOutcome>))]
internal enum ImportOutcome
{
    Created,

    Updated,

    /// <summary>The product exists with the same values.</summary>
    Unchanged,

    /// <summary>The journal has it from an earlier run.</summary>
    DoneBefore,

    /// <summary>It passed the checks of a dry run.</summary>
    Valid,
}
