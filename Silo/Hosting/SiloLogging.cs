using Microsoft.Extensions.Logging.Console;

namespace Orleans.Paxos;

/// <summary>Logs to standard error, one line an event, warnings and worse unless the section <c>Logging</c> says otherwise.</summary>
internal static class SiloLogging
{
    /// <summary>Adds it.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Each call to an acceptor whose silo is away logs an error with its stack here; the caller counts it as no answer and goes on.
        builder.Logging.AddFilter("Orleans.Runtime.Messaging.MessageCenter", LogLevel.Critical);
        builder.Logging.AddFilter("Orleans.Messaging", LogLevel.Critical);

        // StartFailure says the same in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
