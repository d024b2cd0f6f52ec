using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ActorShop.Api.Hosting;

/// <summary>The addresses at which the API listens.</summary>
/// <remarks>A configured port 0 is a free one, which is known once the API has started.</remarks>
internal sealed class HttpAddresses(IServer server, IOptions<ApiOptions> options)
{
    private IPEndPoint? _public;
    private IPEndPoint? _operators;

    public IPEndPoint Public => Of(options.Value.Public, index: 0, ref _public);

    public IPEndPoint Operators => Of(options.Value.Operators, index: 1, ref _operators);

    /// <summary>The URL by which a person on this machine reaches an address.</summary>
    public static Uri UrlOf(IPEndPoint endpoint) =>
        new UriBuilder(Uri.UriSchemeHttp, IsEvery(endpoint.Address) ? "localhost" : endpoint.Address.ToString(), endpoint.Port).Uri;

    /// <summary>The IP address and port of a URL such as <c>http://localhost:9000</c>; the text itself if it is none of those.</summary>
    public static string EndpointOf(string url)
    {
        var all = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(all, UriKind.Absolute, out var uri) && string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)
            && IPAddress.TryParse(uri.IsLoopback && uri.HostNameType is UriHostNameType.Dns ? "127.0.0.1" : uri.DnsSafeHost, out var address)
                ? new IPEndPoint(address, uri.Port).ToString()
                : url;
    }

    private static bool IsEvery(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private IPEndPoint Of(string configured, int index, ref IPEndPoint? known)
    {
        if (known is not null)
        {
            return known;
        }

        var endpoint = IPEndPoint.Parse(configured);
        if (endpoint.Port == 0)
        {
            if (server.Features.Get<IServerAddressesFeature>()?.Addresses.ElementAtOrDefault(index) is not { } bound)
            {
                return endpoint;
            }

            endpoint.Port = new Uri(bound).Port;
        }

        return known = endpoint;
    }
}
