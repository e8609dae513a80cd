using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>An HTTP server whose responses a test scripts.</summary>
internal sealed class ScriptedServer(WebApplication app) : IAsyncDisposable
{
    public string Url => app.Urls.Single();

    public static Task<ScriptedServer> StartAsync(RequestDelegate script) =>
        StartAsync(script, kestrel => kestrel.Listen(IPAddress.Loopback, 0));

    /// <summary>Starts the server with HTTPS.</summary>
    public static Task<ScriptedServer> StartAsync(RequestDelegate script, string certificate, string password) =>
        StartAsync(script, kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(certificate, password)));

    private static async Task<ScriptedServer> StartAsync(RequestDelegate script, Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(listen);
        var app = builder.Build();
        app.Run(script);
        await app.StartAsync();
        return new ScriptedServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
