using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Orleans.Paxos.Cli.Tests;

/// <summary>An HTTP server that does what a test says.</summary>
internal sealed class ScriptedServer(WebApplication app) : IAsyncDisposable
{
    public string Url => app.Urls.Single();

    public static async Task<ScriptedServer> StartAsync(RequestDelegate script)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
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
