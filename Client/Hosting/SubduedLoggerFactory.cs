using Microsoft.Extensions.Logging;
using Orleans.Paxos.Client.Gateways;

namespace Orleans.Paxos.Client.Hosting;

/// <summary>
/// Logs what one gateway's client says below Error as Debug: a gateway that is away makes it warn several times a second,
/// and <see cref="GatewayHealth"/> has said once what that means.
/// </summary>
internal sealed class SubduedLoggerFactory(ILoggerFactory application) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new SubduedLogger(application.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Add the provider to the application's logging.");

    public void Dispose()
    {
        // The application's factory is the application's to dispose.
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
