using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Paxos.Silo.Http;

/// <summary>The HTTP interface as a whole: what it adds to a web application.</summary>
internal static class HttpInterface
{
    /// <summary>Sets the server up: its own section of the configuration, its limits, and no header that names it.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddHttpInterface(this WebApplicationBuilder builder)
    {
        builder.Services.AddRoutingCore();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<HttpMetrics>();
        builder.Services.AddSingleton<AnswerBudgets>();
        builder.Services.AddSingleton<SharedWatches>();
        builder.Services.AddSingleton<SlowReaders>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            ServerEndpoints.Apply(kestrel, context.Configuration.GetSection(ServerEndpoints.Section));
        });
        builder.Services.AddOptions<KestrelServerOptions>().Configure<HttpOptions>(ServerLimits.Apply);
    }

    /// <summary>Maps every path. Needs an <see cref="IRegisterClient"/> and the <see cref="HttpOptions"/> as services.</summary>
    /// <param name="app">The application.</param>
    public static void MapHttpInterface(this WebApplication app)
    {
        app.UseMiddleware<ProblemHandler>();
        app.UseRouting();
        app.UseMiddleware<KeyCheck>();
        RegisterPaths.Map(app);
        ListPath.Map(app);
        HistoryPath.Map(app);
        WatchPath.Map(app);
        StatusPath.Map(app);
        HealthPaths.Map(app);
        UsagePath.Map(app);
    }

    /// <summary>The register's name in a request's path.</summary>
    /// <param name="context">The request.</param>
    /// <param name="prefix">What stands before the name.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ProblemException">It breaks a rule.</exception>
    public static string RegisterNameAfter(this HttpContext context, string prefix)
    {
        // Routing drops a slash at the end and would take the name from what is left.
        var path = context.Request.Path.Value!;
        var name = path.Length > prefix.Length ? path[prefix.Length..] : "";
        return RegisterName.Problem(name) is { } problem ? throw new ProblemException(Problems.BadName(problem)) : name;
    }
}
