using Microsoft.Extensions.Logging.Console;

namespace ActorShop.Silo;

/// <summary>The log of a process of the shop: its levels and its form.</summary>
public static class ShopLogging
{
    private static readonly (string Category, LogLevel Level)[] Defaults =
    [
        ("Microsoft", LogLevel.Warning),

        // A probe that finds the process unready is an answer, not an error.
        ("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical),

        // Why a process does not start is its last line on standard error. Faults of its workers are critical.
        ("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical),

        // A wrong key is the caller's fault; a scanner would fill the log.
        ("ActorShop.Api.Access.ApiKeyHandler", LogLevel.Warning),

        // Orleans logs all of its options at each start, 1,000 lines; Polly each repeated placement of a grain, with its stack.
        ("Orleans", LogLevel.Warning),
        ("Polly", LogLevel.Warning),

        // At a start it may warn of a loop that has not run yet.
        ("Orleans.Runtime.Watchdog", LogLevel.Error),
    ];

    /// <summary>Adds the defaults; <c>Logging:LogLevel:…</c> overrides each of them.</summary>
    public static WebApplicationBuilder AddShopLogging(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // The last rule of a category counts: these go before the rules of the configuration.
        builder.Services.PostConfigure<LoggerFilterOptions>(static options =>
        {
            foreach (var (category, level) in Defaults)
            {
                options.Rules.Insert(0, new LoggerFilterRule(providerName: null, category, level, filter: null));
            }
        });

        // Logging:Console:FormatterName selects another formatter, such as json.
        builder.Logging.AddConsoleFormatter<ShopConsoleFormatter, ConsoleFormatterOptions>();
        builder.Services.PostConfigure<ConsoleLoggerOptions>(static console =>
            console.FormatterName = console.FormatterName is null or ConsoleFormatterNames.Simple ? ShopConsoleFormatter.FormatterName : console.FormatterName);
        return builder;
    }
}
