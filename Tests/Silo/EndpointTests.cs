using System.Text.RegularExpressions;
using Orleans.Paxos.Tests.Http;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>The addresses at which the real process listens, and those that it rejects.</summary>
[Collection(nameof(ProcessTests))]
public sealed class EndpointTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("endpoints-").FullName;
    private readonly Dictionary<string, string> _environment = [];

    public EndpointTests() => _environment["PAXOS__DATA"] = _data;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("KESTREL__ENDPOINTS__A__URL", "http://0.0.0.0:0")]
    [InlineData("PAXOS__URL", "http://[::]:0")]
    public async Task It_does_not_start_for_other_machines_without_a_key(string setting, string url)
    {
        _environment[setting] = url;
        var (code, output, errors) = await SiloUnderTest.RunAsync(_environment);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("PAXOS__HTTP__READWRITEKEYS__0", errors);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task It_starts_for_other_machines_with_a_key_and_says_what_http_means()
    {
        _environment["PAXOS__HTTP__READWRITEKEYS__0"] = "a-key-of-sixteen-or-more";
        _environment["PAXOS__URL"] = "http://0.0.0.0:0";
        await using var silo = await SiloUnderTest.ServeAsync(_environment);
        Assert.Contains("curl -H @header", silo.Output);
        Assert.Contains("./paxos --url http://127.0.0.1:", silo.Output);
        Assert.Contains("PAXOS_KEY", silo.Output);
        Assert.Contains("plain text", silo.Output);
        Assert.DoesNotContain("a-key-of", silo.Output);
    }

    [Theory]
    [InlineData("PAXOS__URL")]
    [InlineData("KESTREL__ENDPOINTS__A__URL")]
    public async Task The_addresses_of_ASP_NET_Core_do_not_open_another_way_in(string setting)
    {
        _environment[setting] = "http://127.0.0.1:0";
        foreach (var prefix in new[] { "", "ASPNETCORE_", "DOTNET_" })
        {
            _environment[prefix + "URLS"] = "http://0.0.0.0:0";
            _environment[prefix + "HTTP_PORTS"] = "0";
            _environment[prefix + "PREFERHOSTINGURLS"] = "true";
        }

        await using var silo = await SiloUnderTest.ServeAsync(_environment);
        Assert.Matches(@"serves at http://127\.0\.0\.1:\d+  \(", silo.Output);
    }

    [Fact]
    public async Task An_endpoint_that_is_full_leaves_room_at_another_for_those_who_probe()
    {
        _environment["PAXOS__HTTP__MAXCONNECTIONS"] = "2";
        _environment["KESTREL__ENDPOINTS__A__URL"] = "http://127.0.0.1:0";
        _environment["KESTREL__ENDPOINTS__B__URL"] = "http://127.0.0.1:0";
        await using var silo = await SiloUnderTest.ServeAsync(_environment);
        var urls = Regex.Match(silo.Output, @"serves at http://127\.0\.0\.1:(\d+) and http://127\.0\.0\.1:(\d+)");
        var (full, free) = (int.Parse(urls.Groups[1].Value), int.Parse(urls.Groups[2].Value));
        using var first = await HeldConnection.TryOpenAsync(full);
        using var second = await HeldConnection.TryOpenAsync(full);
        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.Null(await HeldConnection.TryOpenAsync(full));
        using var probe = await HeldConnection.TryOpenAsync(free);
        Assert.NotNull(probe);
    }
}
