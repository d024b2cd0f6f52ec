namespace ActorShop;

/// <summary>The names of projections, which are the topics of the events they are made from.</summary>
public static class Projections
{
    /// <summary>Products, stock levels, orders, refunds, credit notes and entries for lists and reports.</summary>
    public const string Reporting = "reporting";

    internal static ImmutableArray<string> ReportingTopics { get; } = [Reporting];
}
