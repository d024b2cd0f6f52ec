using System.Text.Json.Serialization;

namespace ActorShop.Cli.Imports;

[JsonConverter(typeof(JsonStringEnumConverter<ImportOutcome>))]
internal enum ImportOutcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>The journal has it from an earlier run.</summary>
    DoneBefore,
}
