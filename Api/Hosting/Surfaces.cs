using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ActorShop.Api.Hosting;

/// <summary>Keeps the public port and the operators' port apart.</summary>
/// <remarks>
/// A connection is marked by the port that accepted it, which no header can change. Requests of the operators' port are moved
/// beneath a path that requests of the public port cannot name; so nothing of one is reachable on the other.
/// </remarks>
internal static class Surfaces
{
    /// <summary>The path beneath which the operators' routes are mapped.</summary>
    public const string OperatorsPath = "/~operators";

    private static readonly object Mark = new();

    /// <summary>Listens on both ports.</summary>
    public static void Listen(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimits.Orders;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Listen(IPEndPoint.Parse(options.Public));
        kestrel.Listen(IPEndPoint.Parse(options.Operators), static listen => listen.Use(static next => connection =>
        {
            connection.Items[Mark] = Mark;
            return next(connection);
        }));
    }

    /// <summary>Separates the requests. Must stand before routing.</summary>
    public static void UseSurfaces(this WebApplication app) => app.Use(static (http, next) =>
    {
        if (IsOperators(http))
        {
            http.Request.Path = OperatorsPath + http.Request.Path;
        }
        else if (http.Request.Path.StartsWithSegments(OperatorsPath, StringComparison.OrdinalIgnoreCase))
        {
            http.Request.Path = "/";
        }

        return next(http);
    });

    /// <summary>Whether a request came in by the operators' port.</summary>
    public static bool IsOperators(HttpContext http) =>
        http.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Mark) is true;

    /// <summary>Marks a request as one of the operators' port, where there is no port.</summary>
    internal static void MarkAsOperators(HttpContext http) =>
        http.Features.Set<IConnectionItemsFeature>(new MarkedConnection());

    private sealed class MarkedConnection : IConnectionItemsFeature
    {
        public IDictionary<object, object?> Items { get; set; } = new ConnectionItems(new Dictionary<object, object?> { [Mark] = Mark });
    }
}
