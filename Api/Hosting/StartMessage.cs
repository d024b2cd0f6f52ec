namespace ActorShop.Api.Hosting;

/// <summary>Says where the shop is once the process has started.</summary>
internal static partial class StartMessage
{
    // Its hash is in appsettings.Development.json.
    private const string DevelopmentKey = "dev-admin-key";

    /// <summary>Logs the addresses, the place of the data and, in Development, the key.</summary>
    public static void LogStart(this WebApplication app, string data) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var options = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value;
        var text = new StringBuilder()
            .Append(null, $"\nShop       http://{options.Public}/v1/products")
            .Append(null, $"\nAPI docs   http://{options.Public}/docs")
            .Append(null, $"\nOperators  http://{options.Operators}")
            .Append(null, $"\nData       {data}");
        if (app.Environment.IsDevelopment())
        {
            text.Append(null, $"\nKey        {DevelopmentKey} (only in Development)");
        }

        LogText(app.Logger, text.ToString());
    });

    [LoggerMessage(3001, LogLevel.Information, "ActorShop has started. Ctrl+C stops it.{Text}")]
    private static partial void LogText(ILogger logger, string text);
}
