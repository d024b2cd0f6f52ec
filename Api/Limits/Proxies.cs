using System.Net;
using ActorShop.Api.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ActorShop.Api.Limits;

/// <summary>Takes the address of a caller from <c>X-Forwarded-For</c>, if one of <see cref="ApiOptions.Proxies"/> sent it.</summary>
internal static class Proxies
{
    public static void Use(WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value.Proxies;
        if (proxies.Count == 0)
        {
            return;
        }

        // No limit of entries: reading ends at the first address that is no proxy.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(Parse(proxy) ?? throw new InvalidOperationException($"'{proxy}' is no network."));
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>A network such as 10.0.0.0/8, or the network of one address; null for other text.</summary>
    public static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
