namespace ActorShop.Reporting;

/// <summary>Answers <see cref="IShopQueries"/> in the cluster. Stateless: any number of workers.</summary>
[Alias("reporting.queries")]
public interface IShopQueryGrain : IGrainWithStringKey, IShopQueries;
