namespace ActorShop.Simulation.Contract;

/// <summary>The contract tests that share one cluster of Orleans.</summary>
[CollectionDefinition(Name)]
public sealed class ContractCollection : ICollectionFixture<OrleansHost>
{
    public const string Name = "Orleans";
}
