using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ActorShop.Api;

/// <summary>Records the log of an API.</summary>
internal sealed class LogRecord : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Category, string Text)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // There is nothing to release.
    }

    private sealed class Logger(LogRecord record, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            record.Entries.Enqueue((logLevel, category, $"{formatter(state, exception)} {exception}"));
    }
}
