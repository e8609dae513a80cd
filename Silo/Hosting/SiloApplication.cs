using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Orleans.Paxos.Silo.Http;
using Orleans.Paxos.Silo.Settings;

namespace Orleans.Paxos.Silo.Hosting;

/// <summary>Builds the application that runs the silos of this process and the HTTP interface.</summary>
internal static class SiloApplication
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Creates a builder that has only the sources of settings: appsettings.json beside the program and in the working
    /// directory, the files of the secrets directory, the environment and the command line. No source is watched, because
    /// every write to a data directory below the content root would trigger the watcher.
    /// </summary>
    /// <param name="commandLine">The command line.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="SettingsException">A source cannot be read.</exception>
    public static WebApplicationBuilder CreateBuilder(SiloCommandLine commandLine)
    {
        var settings = commandLine.Settings;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(SiloApplication).Assembly.GetName().Name,
            ContentRootPath = Directory.GetCurrentDirectory(), // the server looks for certificates below it
        });
        var environment = new EnvironmentVariablesConfigurationSource();
        try
        {
            ((IConfigurationBuilder)builder.Configuration)
                .AddInMemoryCollection([new("hostBuilder:reloadConfigOnChange", "false")])
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true, reloadOnChange: false)
                .Add(environment)
                .AddInMemoryCollection(settings);
        }
        catch (InvalidDataException exception)
        {
            throw new SettingsException([$"{exception.Message} {exception.InnerException?.Message}".Trim()]);
        }

        SecretsDirectory.InsertBefore(builder.Configuration, environment);
        return builder;
    }

    /// <summary>Adds the services and maps the HTTP paths.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="settings">The settings.</param>
    /// <returns>The application, not yet started.</returns>
    public static WebApplication Build(WebApplicationBuilder builder, SiloSettings settings)
    {
        SiloLogging.Add(builder, settings);
        builder.AddHttpInterface();
        builder.WebHost.UseUrls($"{settings.Http.Listen.Url}").PreferHostingUrls(false); // overrides the URLs and the preference in the environment
        var services = builder.Services;
        services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTimeout);
        services.AddSingleton(settings);
        services.AddSingleton(new HttpOptions
        {
            MaxValueBytes = settings.Paxos.MaxValueBytes,
            Keys = settings.Http.Keys,
            AllowedOrigins = settings.Http.AllowedOrigins,
            MaxHistoryBytes = Math.Max(settings.Paxos.HistoryBytes, settings.Paxos.MaxValueBytes),
            MaxConnections = settings.Http.MaxConnections,
            AnswerMemoryBytes = settings.Http.AnswerMemoryBytes,
        });
        services.AddSingleton<SiloGroup>();
        services.AddSingleton<IGatewaySource>(provider => provider.GetRequiredService<SiloGroup>());
        services.AddHostedService(provider => provider.GetRequiredService<SiloGroup>());
        services.AddPaxosRegisters();
        var app = builder.Build();
        app.MapHttpInterface();
        return app;
    }
}
