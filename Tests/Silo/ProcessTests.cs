using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>The program as users see it: started, stopped, and started with mistakes.</summary>
[Collection(nameof(ProcessTests))]
public sealed class ProcessTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("silo-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task It_serves_stops_when_told_to_and_finds_everything_again()
    {
        await using (var silo = await SiloUnderTest.ServeAsync(_data))
        {
            Assert.Contains("3 acceptors in this process", silo.Output);
            Assert.Contains("curl -X PUT", silo.Output);
            Assert.Contains(_data, silo.Output);
            Assert.DoesNotContain('\e', silo.Output);
            Assert.Equal(HttpStatusCode.OK, (await silo.Http.PutAsync("/v1/registers/flags/dark-mode", new StringContent("on"))).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await silo.Http.GetAsync("/health/ready")).StatusCode);
            using var watch = await silo.Http.GetStreamAsync("/v1/watch/flags/dark-mode?after=1");
            Assert.Equal(0, await silo.StopAsync(PosixSignal.SIGTERM));
            Assert.Equal("", silo.Errors);
        }

        Assert.Equal(["a1", "a2", "a3"], Directory.GetDirectories(_data).Select(Path.GetFileName).Where(name => name!.StartsWith('a')).Order());
        await using (var again = await SiloUnderTest.ServeAsync(_data))
        {
            Assert.Equal("on", await again.Http.GetStringAsync("/v1/registers/flags/dark-mode"));
            Assert.Equal(0, await again.StopAsync(PosixSignal.SIGINT));
        }
    }

    [Fact]
    public async Task A_request_that_never_ends_does_not_keep_it_from_stopping()
    {
        await using var silo = await SiloUnderTest.ServeAsync(_data);
        using var stuck = new TcpClient("127.0.0.1", silo.Http.BaseAddress!.Port);
        await stuck.GetStream().WriteAsync("PUT /v1/registers/stuck HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.GetAsync("/health/live")).StatusCode);
        Assert.Equal((0, ""), (await silo.StopAsync(), silo.Errors));
    }

    [Fact]
    public async Task It_stops_while_it_starts()
    {
        var (code, _, errors) = await SiloUnderTest.RunUntilAsync(() => File.Exists(Path.Combine(_data, "a1", "lock")), "--data", _data, "--url", "http://127.0.0.1:0");
        Assert.Equal((0, ""), (code, errors));
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused_in_one_line_and_harms_nothing()
    {
        await using var first = await SiloUnderTest.ServeAsync(_data);
        await first.Http.PutAsync("/v1/registers/x", new StringContent("1"));
        var (code, output, errors) = await SiloUnderTest.RunAsync("--data", _data, "--url", "http://127.0.0.1:0");
        Assert.Equal((1, ""), (code, output));
        AssertOneLine(errors, "in use by");
        Assert.Equal("1", await first.Http.GetStringAsync("/v1/registers/x"));
    }

    [Fact]
    public async Task A_port_in_use_is_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, output, errors) = await SiloUnderTest.RunAsync("--data", _data, "--url", $"http://127.0.0.1:{port}");
        Assert.Equal((1, ""), (code, output));
        AssertOneLine(errors, $"The port {port} is in use");
    }

    [Theory]
    [InlineData("--silo-port", "SiloPort (--silo-port)")]
    [InlineData("--gateway-port", "GatewayPort (--gateway-port)")]
    public async Task A_port_of_the_silo_in_use_is_named_before_anything_starts(string option, string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, output, errors) = await SiloUnderTest.RunAsync(
            "--silo", "a1", "--acceptor-set", "a1", "--data", _data, "--url", "http://127.0.0.1:0", option, $"{port}");
        Assert.Equal((1, ""), (code, output));
        AssertOneLine(errors, $"The port {port} is in use by another program. Stop it, or give another in {setting}.");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_one_line()
    {
        var environment = new Dictionary<string, string> { ["PAXOS__HTTP__READWRITEKEYS__0"] = "a-key-of-sixteen-or-more" };
        var (code, _, errors) = await SiloUnderTest.RunAsync(environment, "--data", _data, "--url", "http://192.0.2.1:8080");
        Assert.Equal(1, code);
        AssertOneLine(errors, "not one of this machine");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_one_line()
    {
        var file = Path.Combine(_data, "file");
        await File.WriteAllTextAsync(file, "");
        var (code, _, errors) = await SiloUnderTest.RunAsync("--data", Path.Combine(file, "data"), "--url", "http://127.0.0.1:0");
        Assert.Equal(1, code);
        AssertOneLine(errors, "--data DIR");
    }

    [Fact]
    public async Task Help_is_printed_and_nothing_started()
    {
        var (code, output, errors) = await SiloUnderTest.RunAsync("--help");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("--acceptors <N>", output);
        Assert.Contains("Azure:Membership", output);
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        var (code, output, errors) = await SiloUnderTest.RunAsync("--version");
        Assert.Equal((0, ""), (code, errors));
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Theory]
    [InlineData("--nothing")]
    [InlineData("--acceptors=0")]
    [InlineData("--url=ftp://x")]
    public async Task A_wrong_option_is_one_line_and_exit_code_2(string option)
    {
        var (code, output, errors) = await SiloUnderTest.RunAsync(option);
        Assert.Equal((2, ""), (code, output));
        AssertOneLine(errors, "");
    }

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    public async Task Any_number_of_acceptors_serves(string count)
    {
        await using var silo = await SiloUnderTest.ServeAsync(_data, new Dictionary<string, string> { ["PAXOS__ACCEPTORS"] = count, ["PAXOS__MAXVALUEBYTES"] = "10" });
        Assert.Equal(count == "4", silo.Output.Contains("Note: 4 acceptors"));
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.PutAsync("/v1/registers/x", new StringContent("0123456789"))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await silo.Http.PutAsync("/v1/registers/x", new StringContent("0123456789+"))).StatusCode);
    }

    private static void AssertOneLine(string errors, string expected)
    {
        Assert.StartsWith("error: ", errors);
        Assert.Contains(expected, errors);
        Assert.DoesNotContain('\n', errors);
    }
}
