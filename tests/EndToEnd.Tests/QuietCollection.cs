namespace ActorShop.EndToEnd;

/// <summary>Tests of clusters, whose members judge each other by time: they run after the others, with the processors to themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class QuietCollection
{
    public const string Name = "quiet";
}
