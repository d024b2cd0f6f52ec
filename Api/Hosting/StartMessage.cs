namespace ActorShop.Api.Hosting;

internal static partial class StartMessage
{
    // Its hash is in appsettings.Development.json.
    public const string DevelopmentKey = "dev-admin-key";

    /// <summary>Logs the addresses, the place of the data and, in Development, the key.</summary>
    public static void LogStart(this WebApplication app, string data) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var options = app.Services.GetRequiredService<IOptions<ApiOptions>>().Value;
        var key = app.Environment.IsDevelopment() ? $"\nKey        {DevelopmentKey} (only in Development)" : string.Empty;
        LogText(app.Logger, $"""

            Shop       http://{options.Public}/v1/products
            API docs   http://{options.Public}/docs
            Operators  http://{options.Operators}
            Data       {data}{key}
            """);
    });

    [LoggerMessage(3001, LogLevel.Information, "ActorShop has started. Ctrl+C stops it.{Text}")]
    private static partial void LogText(ILogger logger, string text);
}
