using System.Net;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

public sealed class HistoryStatusHealthTests(HttpHost host) : IClassFixture<HttpHost>
{
    [Fact]
    public async Task History_is_every_version_oldest_first()
    {
        await host.Registers.ChangeAsync("history", Change.Set("one"u8.ToArray()));
        await host.Registers.ChangeAsync("history", Change.Set([255]));
        await host.Registers.ChangeAsync("history", Change.Delete());
        var history = (await HttpAssert.JsonAsync(await host.Client.GetAsync("/v1/history/history"))).EnumerateArray().ToArray();
        Assert.Equal([1, 2, 3], history.Select(entry => entry.GetProperty("version").GetInt64()));
        Assert.Equal(["one", "/w==", null], history.Select(entry => entry.GetProperty("value").GetString()));
        Assert.Equal([false, false, true], history.Select(entry => entry.GetProperty("deleted").GetBoolean()));
    }

    [Fact]
    public async Task History_of_a_register_never_written_is_not_found() =>
        await HttpAssert.ProblemAsync(await host.Client.GetAsync("/v1/history/never"), HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task Status_tells_the_set_and_how_each_acceptor_is()
    {
        var status = await HttpAssert.JsonAsync(await host.Client.GetAsync("/v1/status"));
        Assert.Equal("a1", status.GetProperty("silo").GetString());
        Assert.Equal((1, 2), (status.GetProperty("epoch").GetInt64(), status.GetProperty("majority").GetInt32()));
        var acceptors = status.GetProperty("acceptors").EnumerateArray().ToArray();
        Assert.Equal(["a1", "a2", "a3"], acceptors.Select(acceptor => acceptor.GetProperty("name").GetString()));
        Assert.Equal(["voting", "unreachable", "storage-lost"], acceptors.Select(acceptor => acceptor.GetProperty("standing").GetString()));
        Assert.Equal(("sqlite", 7), (acceptors[0].GetProperty("storage").GetString(), acceptors[0].GetProperty("registers").GetInt64()));
        Assert.Equal((3, "1970-01-01T00:00:00+00:00"), (acceptors[0].GetProperty("behind").GetInt64(), acceptors[0].GetProperty("missedSince").GetString()));
        Assert.Equal(JsonValueKind.Null, acceptors[1].GetProperty("missedSince").ValueKind);
    }

    [Fact]
    public async Task Ready_is_a_linearizable_read_and_live_is_not()
    {
        await using var own = new HttpHost();
        await own.InitializeAsync();
        await HttpAssert.JsonAsync(await own.Client.GetAsync("/health/ready"));

        own.Registers.Failure = new QuorumUnavailableException(["a1"], 2);
        await HttpAssert.ProblemAsync(await own.Client.GetAsync("/health/ready"), HttpStatusCode.ServiceUnavailable, "quorum-unavailable");
        own.Registers.Failure = null;
        own.Registers.Stall = new TaskCompletionSource().Task;
        await HttpAssert.ProblemAsync(await own.Client.GetAsync("/health/ready"), HttpStatusCode.ServiceUnavailable, "not-ready");
        await HttpAssert.JsonAsync(await own.Client.GetAsync("/health/live"));
    }

    [Fact]
    public async Task The_root_says_what_there_is() =>
        Assert.Contains("/v1/watch/NAME", await host.Client.GetStringAsync("/"));
}
