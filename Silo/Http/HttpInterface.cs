using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Paxos.Silo.Http;

/// <summary>Adds the HTTP interface to a web application.</summary>
internal static class HttpInterface
{
    /// <summary>Configures the server: its section of the configuration, its limits, and no <c>Server</c> header.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddHttpInterface(this WebApplicationBuilder builder)
    {
        builder.Services.AddRoutingCore().AddCors();
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

    /// <summary>Maps every path. Requires the services of <c>AddPaxosRegisters</c> and the <see cref="HttpOptions"/>.</summary>
    /// <param name="app">The application.</param>
    public static void MapHttpInterface(this WebApplication app)
    {
        var origins = app.Services.GetRequiredService<HttpOptions>().AllowedOrigins;
        if (!origins.IsEmpty)
            app.UseCors(policy => CrossOrigin.Apply(policy, origins)); // outside of all: a page may read errors too, and a preflight has no key
        app.UseMiddleware<ProblemHandler>();
        app.UseMiddleware<OriginCheck>();
        app.UseRouting();
        app.UseMiddleware<KeyCheck>();
        app.UseMiddleware<QueryCheck>();
        RegisterPaths.Map(app);
        ListPath.Map(app);
        HistoryPath.Map(app);
        WatchPath.Map(app);
        SessionPaths.Map(app);
        LockPaths.Map(app);
        ElectionPaths.Map(app);
        BackupPaths.Map(app);
        AcceptorPaths.Map(app);
        StatusPath.Map(app);
        HealthPaths.Map(app);
        UsagePath.Map(app);
    }

    /// <summary>Gets the register's name from the path of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="prefix">The part of the path before the name.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ProblemException">The name is not valid.</exception>
    public static string RegisterNameAfter(this HttpContext context, string prefix)
    {
        // Routing drops a trailing slash, which is part of the name.
        var path = context.Request.Path.Value!;
        var name = path.Length > prefix.Length ? path[prefix.Length..] : "";
        return RegisterName.Problem(name) is { } problem ? throw new ProblemException(Problems.BadName(problem)) : name;
    }
}
