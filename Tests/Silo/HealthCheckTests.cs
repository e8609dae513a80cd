using System.Net;
using System.Net.Sockets;
using Orleans.Paxos.Silo.Hosting;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>The health check of a container.</summary>
[Collection(nameof(ProcessTests))]
public sealed class HealthCheckTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("health-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_ready_silo_is_0()
    {
        await using var silo = await SiloUnderTest.ServeAsync(_data);
        Assert.Equal((0, "", ""), await SiloUnderTest.RunAsync("--healthcheck", "--url", silo.Http.BaseAddress!.ToString()));
    }

    [Fact]
    public async Task No_silo_is_1_in_one_line()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp); // it does not listen, so it refuses, and nobody else takes the port
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var (code, output, errors) = await SiloUnderTest.RunAsync("--url", $"http://{bound.LocalEndPoint}", "--healthcheck");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("error: not ready: ", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Theory]
    [InlineData("503 Service Unavailable", 1)]
    [InlineData("200 OK", 0)]
    public async Task The_answer_of_the_readiness_path_decides(string status, int expected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var check = SiloUnderTest.RunAsync("--healthcheck", "--url", $"http://{listener.LocalEndpoint}");
        using var asked = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(asked.GetStream(), leaveOpen: true);
        Assert.Equal("GET /health/ready HTTP/1.1", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await asked.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), TestContext.Current.CancellationToken);
        Assert.Equal(expected, (await check).Code);
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--url=http://127.0.0.1:0")]
    public async Task Settings_that_name_no_address_are_1(string arguments)
    {
        var (code, _, errors) = await SiloUnderTest.RunAsync([.. arguments.Split(' '), "--healthcheck"]);
        Assert.Equal(1, code);
        Assert.StartsWith("error: not ready: ", errors);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://[::]:8080", "http://[::1]:8080/health/ready")]
    [InlineData("http://10.1.2.3:80", "http://10.1.2.3/health/ready")]
    [InlineData("http://localhost:81", "http://127.0.0.1:81/health/ready")]
    public void It_asks_on_this_machine(string url, string expected) =>
        Assert.Equal(expected, HealthCheck.Target(SettingsOf.Read(("Url", url), ("Http:ReadWriteKeys:0", "0123456789abcdef")).Http.Listen).ToString());
}
