using Microsoft.Extensions.Logging;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>
/// Logs messages of one gateway's client that are below Error as Debug. While a gateway is away, its client warns several times a second,
/// and <see cref="GatewayHealth"/> has already reported it once.
/// </summary>
internal sealed class SubduedLoggerFactory(ILoggerFactory application) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new SubduedLogger(application.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Add the provider to the application's logging.");

    public void Dispose()
    {
        // The application disposes its own factory.
    }

    private sealed class SubduedLogger(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(Subdued(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logger.Log(Subdued(logLevel), eventId, state, exception, formatter);

        private static LogLevel Subdued(LogLevel level) => level is LogLevel.Information or LogLevel.Warning ? LogLevel.Debug : level;
    }
}
