using System.Net;
using System.Net.Sockets;
using System.Text;
using Orleans.Paxos.Silo.Http;

namespace Orleans.Paxos.Tests.Http;

/// <summary>The limits on one connection and on the number of connections. Every wait is for an action of the server.</summary>
public sealed class LimitTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("GET /v1/regis")]
    [InlineData("GET /v1/registers/x HTTP/1.1\r\nHost: localhost\r\nAccept: appl")]
    public async Task A_request_whose_headers_do_not_come_is_ended_without_a_body(string begin)
    {
        await using var host = await StartAsync(options => options.HeaderTimeout = TimeSpan.FromSeconds(1));
        var answer = await UntilClosedAsync(host, begin);
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("Content-Length: 0\r\n", answer);
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_ended_and_nothing_is_written()
    {
        await using var host = await StartAsync(_ => { });
        var answer = await UntilClosedAsync(host, "PUT /v1/registers/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf");
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Equal(0, host.Registers.Changes);
        await host.StopAsync(); // every connection has ended now
        Assert.Empty(host.Warnings.Lines);
    }

    [Fact]
    public async Task Connections_over_the_limit_are_closed_as_they_come_and_room_is_given_again()
    {
        const int Limit = 5;
        await using var host = await StartAsync(options => options.MaxConnections = Limit);
        var held = new List<TcpClient>();
        for (var count = 0; count < Limit; count++)
            held.Add(await HeldConnection.TryOpenAsync(host.Port) ?? throw new InvalidOperationException($"Connection {count + 1} of {Limit} was refused."));
        Assert.Null(await HeldConnection.TryOpenAsync(host.Port));
        foreach (var connection in held)
            connection.Dispose();
        TcpClient? again;
        while ((again = await HeldConnection.TryOpenAsync(host.Port)) is null)
            await Task.Yield(); // until the server has seen them go
        again.Dispose();
    }

    [Theory]
    [InlineData(64, "200")]
    [InlineData(65, "431")]
    public async Task The_number_of_headers_is_limited(int headers, string status)
    {
        await using var host = await StartAsync(_ => { });
        var others = string.Concat(Enumerable.Range(0, headers - 2).Select(number => $"X-{number}: x\r\n"));
        Assert.StartsWith($"HTTP/1.1 {status} ", await host.SendRawAsync(HttpHost.Request("GET", "/v1/status", others)));
    }

    [Theory]
    [InlineData(16_000, "200")]
    [InlineData(16_400, "431")]
    public async Task The_size_of_all_headers_is_limited(int bytes, string status)
    {
        await using var host = await StartAsync(_ => { });
        Assert.StartsWith($"HTTP/1.1 {status} ", await host.SendRawAsync(HttpHost.Request("GET", "/v1/status", $"X: {new string('x', bytes)}\r\n")));
    }

    [Theory]
    [InlineData(8_000, "400")]
    [InlineData(8_200, "414")]
    public async Task The_request_line_is_limited(int bytes, string status)
    {
        await using var host = await StartAsync(_ => { });
        Assert.StartsWith($"HTTP/1.1 {status} ", await host.SendRawAsync(HttpHost.Request("GET", $"/v1/registers/{new string('x', bytes)}")));
    }

    [Fact]
    public async Task The_longest_name_and_query_fit_into_the_request_line()
    {
        await using var host = await StartAsync(_ => { });
        var name = string.Concat(Enumerable.Repeat("%F0%9F%99%82", 64));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync($"/v1/registers/{name}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync($"/v1/registers?prefix={name}&after={name}&limit=10000")).StatusCode);
    }

    private static async Task<HttpHost> StartAsync(Action<HttpOptions> configure)
    {
        var host = new HttpHost();
        configure(host.Options);
        await host.InitializeAsync();
        return host;
    }

    /// <summary>Sends the beginning of a request and then nothing more, and reads until the server closes the connection.</summary>
    private static async Task<string> UntilClosedAsync(HttpHost host, string begin)
    {
        using var connection = new TcpClient("127.0.0.1", host.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begin));
        using var patience = new CancellationTokenSource(Patience);
        using var answer = new StreamReader(connection.GetStream(), Encoding.ASCII);
        return await answer.ReadToEndAsync(patience.Token);
    }
}
