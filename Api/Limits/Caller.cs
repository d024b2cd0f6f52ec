using System.Net;
using System.Net.Sockets;
using ActorShop.Api.Access;

namespace ActorShop.Api.Limits;

/// <summary>Whose requests are counted together.</summary>
internal static class Caller
{
    // A customer of a provider gets a network of this length, and with it more addresses than a table can count.
    private const int NetworkBytes = 8;

    /// <summary>The API key or, without one, the address.</summary>
    public static string Of(HttpContext http) => http.User.Identity is { IsAuthenticated: true } ? $"key {http.User.Caller()}" : AddressOf(http);

    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => new IPAddress([.. address.GetAddressBytes()[..NetworkBytes], .. new byte[NetworkBytes]]).ToString(),
        var address => address.ToString(),
    };

    public static bool IsAnonymous(HttpContext http) => http.User.Identity is not { IsAuthenticated: true };

    /// <summary>Whether the caller has no limits: bulk work with a key that was made for it.</summary>
    public static bool IsExempt(HttpContext http) => http.User.HasClaim(ApiKeyHandler.ScopeClaim, Scopes.Import);
}
