namespace ActorShop.Cluster;

/// <summary>The addresses of proxies in front of a process, whose connections can be broken.</summary>
/// <param name="AdvertisedAddress">The IP address that a member advertises to the others.</param>
/// <param name="Database">The address of the database for the process.</param>
internal sealed record Detour(string? AdvertisedAddress, string Database);
