namespace ActorShop.Cluster;

/// <summary>Proxies in front of a process, whose connections can be broken: the IP address that a member advertises, and its address of the database.</summary>
internal sealed record Detour(string? AdvertisedAddress, string Database);
