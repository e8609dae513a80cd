using Microsoft.Extensions.Logging.Console;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Logs to standard error, one line an event, warnings and worse unless the section <c>Logging</c> says otherwise.</summary>
internal static class SiloLogging
{
    private static readonly string[] Quiet =
    [
        // Each call to an acceptor whose silo is away logs an error with its stack; the caller counts it as no answer and goes on.
        "Orleans.Runtime.Messaging",
        "Orleans.Messaging",
        "Orleans.Runtime.CallbackData",
        "Polly",
        "Orleans.Runtime.GrainDirectory.ClientDirectory",

        // Each failed call to a storage account logs an error with its stack; the guard says once that the account fails, and once that it is back.
        "Orleans.Storage.AzureTableGrainStorage",
        "Orleans.Storage.AzureBlobGrainStorage",

        // What went wrong at the start is said in one line by StartFailure; later AzureBasedMembershipTable says it too.
        "Orleans.AzureUtils.OrleansSiloInstanceManager",
        "Orleans.Clustering.AzureStorage.AzureTableDataManager",
        "Microsoft.Extensions.Hosting.Internal.Host",
        "Orleans.Runtime.Silo",
        "Orleans.Runtime.SiloLifecycleSubject",

        // Workstation GC is on purpose, a new port at each start too, and a machine that slept is no error.
        "Orleans.Runtime.MembershipService.MembershipTableManager",
        "Orleans.Runtime.Watchdog",
    ];

    /// <summary>What silos in one process say of each other when the machine is busy, or while they stop together.</summary>
    private static readonly string[] BusyMachine =
        ["Orleans.Paxos.Client.Gateways.GatewayMonitor", "Orleans.Runtime.MembershipService", "Orleans.Runtime.AsyncTimer"];

    /// <summary>Adds it.</summary>
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
    /// Where information of this category is on, the server quotes header lines that it cannot read, in its log and in its errors;
    /// one of them may be that with the key. This rule wins over every rule of the section <c>Logging</c>: it names
    /// the provider and the whole category, and it comes last.
    /// </summary>
    private static void HideHeaders(LoggerFilterOptions options) =>
        options.Rules.Add(new LoggerFilterRule(typeof(ConsoleLoggerProvider).FullName, "Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning, filter: null));
}
