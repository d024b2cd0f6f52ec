namespace ActorShop.Simulation.Contract;

[CollectionDefinition(Name)]
public sealed class ContractCollection : ICollectionFixture<OrleansHost>
{
    public const string Name = "Orleans";
}
