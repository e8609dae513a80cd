using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Paxos;

/// <summary>The HTTP interface as a whole: what it adds to a web application.</summary>
internal static class HttpInterface
{
    /// <summary>Sets the server up: no header that names it, no limit of its own on the body.</summary>
    /// <param name="builder">The application's builder.</param>
    public static void AddHttpInterface(this WebApplicationBuilder builder)
    {
        builder.Services.AddRoutingCore();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // RequestBody counts, and its error names the limit of a value.
        });
    }

    /// <summary>Maps every path. Needs an <see cref="IRegisterClient"/> and the <see cref="HttpOptions"/> as services.</summary>
    /// <param name="app">The application.</param>
    public static void MapHttpInterface(this WebApplication app)
    {
        app.UseMiddleware<ProblemHandler>();
        app.UseRouting();
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
