using Microsoft.Extensions.Logging.Console;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Logs to standard error, one line for each event. Only warnings and errors are logged unless the section <c>Logging</c> says otherwise.</summary>
internal static class SiloLogging
{
    private static readonly string[] Quiet =
    [
        // Each call to an acceptor whose silo is down logs an error with a stack trace; the caller counts it as no answer and continues.
        "Orleans.Runtime.Messaging",
        "Orleans.Messaging",
        "Orleans.Runtime.CallbackData",
        "Polly",
        "Orleans.Runtime.GrainDirectory.ClientDirectory",

        // Each failed call to a storage account logs an error with a stack trace; StorageGuard logs once that the account fails and once that it is back.
        "Orleans.Storage.AzureTableGrainStorage",
        "Orleans.Storage.AzureBlobGrainStorage",

        // StartFailure explains a failed start in one line; AzureBasedMembershipTable also reports later failures.
        "Orleans.AzureUtils.OrleansSiloInstanceManager",
        "Orleans.Clustering.AzureStorage.AzureTableDataManager",
        "Microsoft.Extensions.Hosting.Internal.Host",
        "Orleans.Runtime.Silo",
        "Orleans.Runtime.SiloLifecycleSubject",

        // New ports at each start are intended, and a machine that slept is not an error.
        "Orleans.Runtime.MembershipService.MembershipTableManager",
        "Orleans.Runtime.Watchdog",
    ];

    /// <summary>Categories in which silos of one process report each other, or long turns, when the machine is busy or while they stop together.</summary>
    private static readonly string[] BusyMachine =
    [
        "Orleans.Paxos.Client.Gateways.GatewayMonitor",
        "Orleans.Runtime.MembershipService",
        "Orleans.Runtime.AsyncTimer",
        "Orleans.Runtime.Scheduler.WorkItemGroup",
    ];

    /// <summary>Adds the logging.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="settings">The settings.</param>
    public static void Add(WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        foreach (var category in Quiet)
            builder.Logging.AddFilter(category, LogLevel.Critical);
        foreach (var category in settings.HoldsWholeSet ? BusyMachine : [])
            builder.Logging.AddFilter(category, LogLevel.Error);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Services.PostConfigure<LoggerFilterOptions>(HideHeaders);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>
    /// At level Information, the server logs header lines that it cannot parse and repeats them in its errors. Such a line may
    /// contain a key. This rule overrides every rule of the section <c>Logging</c>, because it names the provider and the whole
    /// category and is added last.
    /// </summary>
    private static void HideHeaders(LoggerFilterOptions options) =>
        options.Rules.Add(new LoggerFilterRule(typeof(ConsoleLoggerProvider).FullName, "Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning, filter: null));
}
