using ActorShop.Api.Access;

namespace ActorShop.Api.Hosting;

internal static partial class StartMessage
{
    // Its hash is in appsettings.Development.json.
    public const string DevelopmentKey = "dev-admin-key";

    /// <summary>Logs the URLs of the API, its documentation and the operators' page, the place of the data, and the key of a developer.</summary>
    public static void LogStart(this WebApplication app, string data) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<HttpAddresses>();
        var shop = HttpAddresses.UrlOf(addresses.Public);
        LogText(app.Logger, $"""

            Shop       {shop}v1/products
            API docs   {shop}docs
            Operators  {HttpAddresses.UrlOf(addresses.Operators)}
            Data       {data}
            API key    {Keys(app.Services)}
            """);
    });

    private static string Keys(IServiceProvider services)
    {
        if (services.GetRequiredService<ApiKeyRing>().Find(DevelopmentKey) is not null)
        {
            return $"{DevelopmentKey} (for development only)";
        }

        var count = services.GetRequiredService<IOptions<AccessOptions>>().Value.Keys.Count;
        return count == 0 ? "none: set Access:Keys to use /v1/admin" : string.Create(CultureInfo.InvariantCulture, $"{count} in Access:Keys");
    }

    [LoggerMessage(3001, LogLevel.Information, "ActorShop has started. Ctrl+C stops it.{Text}")]
    private static partial void LogText(ILogger logger, string text);
}
