using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

/// <summary>The HTTP interface on a free port, in front of registers in memory.</summary>
public sealed class HttpHost : IAsyncLifetime
{
    private WebApplication? _app;
    private MeterCounts? _counts;

    internal FakeRegisterClient Registers { get; } = new();

    internal FakeAcceptorSet Acceptors { get; set; } = new();

    internal HttpOptions Options { get; } = new() { MaxValueBytes = 1000, HeartbeatInterval = TimeSpan.FromMilliseconds(20), ReadinessTimeout = TimeSpan.FromMilliseconds(200) };

    internal HttpClient Client { get; private set; } = new();

    internal AnswerBudgets Budgets => _app!.Services.GetRequiredService<AnswerBudgets>();

    /// <summary>What the server logged as a warning or worse.</summary>
    internal WarningLog Warnings { get; } = new();

    /// <summary>All paths of the interface.</summary>
    internal IEnumerable<RouteEndpoint> Paths => _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>();

    /// <summary>The sum that an instrument of this server has counted.</summary>
    internal long Metrics(string instrument) => _counts!.Of(instrument);

    internal int Port => Client.BaseAddress!.Port;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddHttpInterface();
        builder.Logging.AddProvider(Warnings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IRegisterClient>(Registers).AddTransient<IAcceptorSetClient>(_ => Acceptors).AddSingleton(Options);
        _app = builder.Build();
        _counts = new MeterCounts(_app.Services.GetRequiredService<IMeterFactory>());
        _app.MapHttpInterface();
        await _app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _counts!.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    internal Task StopAsync() => _app!.StopAsync();

    /// <summary>Sends bytes unchanged and reads one response.</summary>
    internal async Task<string> SendRawAsync(string request, bool closeAfterwards = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        if (closeAfterwards)
        {
            socket.Close();
            return "";
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var received = new MemoryStream();
        var buffer = new byte[4096];
        while (!IsComplete(Encoding.Latin1.GetString(received.ToArray())) && await stream.ReadAsync(buffer, patience.Token) is > 0 and var count)
            received.Write(buffer, 0, count);
        return Encoding.UTF8.GetString(received.ToArray());
    }

    private static bool IsComplete(string answer)
    {
        var length = Regex.Match(answer, @"^HTTP/1\.1 .*?\r\nContent-Length: (\d+)\r\n.*?\r\n\r\n", RegexOptions.Singleline);
        return length.Success && answer.Length >= length.Length + int.Parse(length.Groups[1].Value);
    }

    /// <summary>Creates a request for <see cref="SendRawAsync"/> that closes the connection after the response.</summary>
    internal static string Request(string method, string target, string headers = "", string body = "") =>
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}{(body.Length > 0 ? $"Content-Length: {body.Length}\r\n" : "")}\r\n{body}";
}
