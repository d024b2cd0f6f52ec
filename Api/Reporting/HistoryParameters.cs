using System.Globalization;

namespace ActorShop.Api.Reporting;

/// <summary>The query of a history.</summary>
internal sealed record HistoryParameters(Paging Paging) : IQuery<HistoryParameters>
{
    /// <summary>The sequence number to continue after.</summary>
    public long After => long.TryParse(Paging.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;

    public static HistoryParameters Read(QueryReader query) => new(query.Page());
}
