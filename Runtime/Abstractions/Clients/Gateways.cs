using System.Globalization;
using System.Net;

namespace Orleans
{
    /// <summary>Says whether a client that could not connect at its start tries again.</summary>
    public interface IClientConnectionRetryFilter
    {
        /// <summary>Called after each attempt that failed; it may wait. False fails the start.</summary>
        Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken);
    }

    /// <summary>Called when a client has lost its last gateway.</summary>
    public delegate void ConnectionToClusterLostHandler(object sender, EventArgs e);
}

namespace Orleans.Messaging
{
    /// <summary>Knows the gateways of the cluster.</summary>
    public interface IGatewayListProvider
    {
        /// <summary>Called once, before anything else.</summary>
        Task InitializeGatewayListProvider();

        /// <summary>The gateways as they are now, as <c>gwy.tcp://address:port/generation</c>; generation 0 is any.</summary>
        Task<IList<Uri>> GetGateways();

        /// <summary>How long a list may be used.</summary>
        TimeSpan MaxStaleness { get; }

        /// <summary>Not used: every list may change.</summary>
        bool IsUpdatable { get; }
    }
}

namespace Orleans.Configuration
{
    /// <summary>How a client finds its gateways.</summary>
    public class GatewayOptions
    {
        /// <summary>No gateway is preferred.</summary>
        public const int DEFAULT_PREFERED_GATEWAY_INDEX = -1;

        /// <summary>How often the list is read again.</summary>
        /// <value>One minute.</value>
        /// <remarks>A gateway that is lost is left alone at once; this is how soon a new one is found.</remarks>
        public TimeSpan GatewayListRefreshPeriod { get; set; } = TimeSpan.FromMinutes(1);

        /// <summary>Which gateway of the list is used while it is there; -1 for all of them by turns.</summary>
        /// <value>-1.</value>
        public int PreferredGatewayIndex { get; set; } = DEFAULT_PREFERED_GATEWAY_INDEX;
    }

    /// <summary>The gateways of a list that does not change.</summary>
    public class StaticGatewayListProviderOptions
    {
        /// <summary>The gateways, as <c>gwy.tcp://address:port/0</c>.</summary>
        public List<Uri> Gateways { get; set; } = [];
    }
}

namespace Orleans.Runtime.Messaging
{
    /// <summary>A connection could not be made.</summary>
    public class ConnectionFailedException : OrleansException
    {
        /// <summary>Nothing stated.</summary>
        public ConnectionFailedException()
        {
        }

        /// <summary>In words.</summary>
        public ConnectionFailedException(string message)
            : base(message)
        {
        }

        /// <summary>In words, with its cause.</summary>
        public ConnectionFailedException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Runtime
{
    /// <summary>Gateways as URIs.</summary>
    public static class GatewayUriExtensions
    {
        private const string Scheme = "gwy.tcp";

        /// <summary>Any life of the silo whose gateway is there.</summary>
        public static Uri ToGatewayUri(this IPEndPoint ep) => SiloAddress.New(ep, 0).ToGatewayUri();

        /// <summary>The gateway of this life of a silo; the port is that of the gateway.</summary>
        public static Uri ToGatewayUri(this SiloAddress address)
        {
            ArgumentNullException.ThrowIfNull(address);
            return new Uri(string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{address.Endpoint}/{address.Generation}"));
        }

        /// <summary>The gateway of a URI.</summary>
        /// <exception cref="FormatException">It is of another form.</exception>
        public static SiloAddress ToGatewayAddress(this Uri uri)
        {
            ArgumentNullException.ThrowIfNull(uri);
            return string.Equals(uri.Scheme, Scheme, StringComparison.OrdinalIgnoreCase)
                && IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address)
                && uri.Port > 0
                && int.TryParse(uri.AbsolutePath.Trim('/'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
                    ? SiloAddress.New(address, uri.Port, generation)
                    : throw new FormatException($"\"{uri}\" is no gateway; one looks like {Scheme}://127.0.0.1:30000/0.");
        }
    }
}
