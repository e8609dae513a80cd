using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Cli.Http;
using Orleans.Paxos.Tests.Storage.Sqlite;

namespace Orleans.Paxos.Tests.Cli;

public sealed class WatchTests : CliTest
{
    [Fact]
    public async Task Every_version_comes_once_and_in_order_until_ctrl_c()
    {
        await SetAsync("a", "one", "two");
        await using var watch = new WatchRun(AtHost, "watch", "a");
        Assert.Equal(["1", "one"], await watch.RowAsync());
        Assert.Equal(["2", "two"], await watch.RowAsync());
        await SetAsync("a", "three");
        Assert.Equal(["3", "three"], await watch.RowAsync());
        Assert.Equal(ExitCode.Ok, await watch.InterruptAsync());
    }

    [Fact]
    public async Task It_starts_after_the_version_given()
    {
        await SetAsync("a", "one", "two");
        await using var watch = new WatchRun(AtHost, "watch", "a", "--after", "1");
        Assert.Equal(["2", "two"], await watch.RowAsync());
    }

    [Fact]
    public async Task Json_is_an_envelope_a_line()
    {
        await SetAsync("a", "one");
        await Registers.ChangeAsync("a", Change.Delete());
        await using var watch = new WatchRun(AtHost, "watch", "a", "--json");
        Assert.Contains("\"value\":\"one\"", await watch.LineAsync());
        Assert.Contains("\"deleted\":true", await watch.LineAsync());
    }

    [Fact]
    public async Task Missed_versions_are_told_on_standard_error()
    {
        await SetAsync("a", "one", "two", "three");
        Registers.CompactedThrough = 2;
        await using var watch = new WatchRun(AtHost, "watch", "a");
        Assert.Equal(["3", "three"], await watch.RowAsync());
        await watch.InterruptAsync();
        Assert.Contains("Versions up to 2", watch.Error);
    }

    [Fact]
    public async Task UnavailableAndAvailable_AreToldOnStandardErrorAndTheVersionsFollow()
    {
        await SetAsync("a", "one");
        await using var watch = new WatchRun(AtHost, "watch", "a", "--after", "1");
        Registers.Tell(WatchNotice.Unavailable);
        await watch.UntilErrorAsync("No majority of acceptors answers");
        Registers.Tell(WatchNotice.Available);
        await watch.UntilErrorAsync("A majority of acceptors answers again");
        await SetAsync("a", "two");
        Assert.Equal(["2", "two"], await watch.RowAsync());
    }

    [Fact]
    public async Task AheadOfTheRegister_TheVersionsBeginAgainAndStandardErrorSaysSo()
    {
        await SetAsync("a", "one");
        await using var watch = new WatchRun(AtHost, "watch", "a", "--after", "40");
        Assert.Equal(["1", "one"], await watch.RowAsync());
        await watch.UntilErrorAsync("does not have the version seen last");
    }

    [Fact]
    public async Task A_broken_connection_is_made_again_after_the_version_seen_last()
    {
        var asked = new List<string>();
        using var received = new SemaphoreSlim(0);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            var after = context.Request.Query["after"].ToString();
            asked.Add(after);
            await SendAsync(context, long.Parse(after) + 1, long.Parse(after) + 2);
            await received.WaitAsync();
            if (asked.Count % 2 == 0)
                context.Abort();
        });
        await using var watch = new WatchRun(new() { ["PAXOS_URL"] = server.Url }, "watch", "a");
        for (var version = 1; version <= 8; version++)
        {
            Assert.Equal([$"{version}", $"value {version}"], await watch.RowAsync());
            if (version % 2 == 0)
                received.Release();
        }

        await watch.InterruptAsync();
        Assert.Equal(["0", "2", "4", "6"], asked.Take(4));
    }

    [Fact]
    public async Task A_watch_that_goes_on_in_a_cluster_set_up_anew_and_ahead_begins_again()
    {
        await SetAsync("a", "one", "two", "three");
        await using var old = await ScriptedServer.StartAsync(context => SendAsync(context, [1, 2], UniqueId.New()));
        await using var watch = new WatchRun([], "watch", "a", "--url", old.Url, "--url", Url);
        Assert.Equal(["1", "value 1"], await watch.RowAsync());
        Assert.Equal(["2", "value 2"], await watch.RowAsync());
        Assert.Equal(["1", "one"], await watch.RowAsync());
        Assert.Equal(["2", "two"], await watch.RowAsync());
        Assert.Equal(["3", "three"], await watch.RowAsync());
        await watch.InterruptAsync();
        Assert.Contains("does not have the version seen last", watch.Error);
    }

    [Fact]
    public async Task It_starts_after_the_version_given_with_its_request_or_begins_again()
    {
        await SetAsync("a", "one", "two", "three");
        var seen = WatchPoint.Of((await Registers.HistoryAsync("a"))[1]);
        await using var same = new WatchRun(AtHost, "watch", "a", "--after", $"{seen}");
        Assert.Equal(["3", "three"], await same.RowAsync());
        await using var other = new WatchRun(AtHost, "watch", "a", "--after", $"{seen with { RequestId = UniqueId.New() }}");
        Assert.Equal(["1", "one"], await other.RowAsync());
    }

    [Fact]
    public async Task A_silo_without_a_majority_is_asked_again_and_that_is_told_once()
    {
        var answers = 0;
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            if (++answers is 2 or 3)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.ContentType = Problem.MediaType;
                await context.Response.WriteAsync("""{"type":"urn:orleans-paxos:quorum-unavailable","answered":["a1"],"needed":2}""");
                return;
            }

            await SendAsync(context, answers == 1 ? 1 : 2);
        });
        await using var watch = new WatchRun(new() { ["PAXOS_URL"] = server.Url }, "watch", "a");
        Assert.Equal("1", (await watch.RowAsync())[0]);
        Assert.Equal("2", (await watch.RowAsync())[0]);
        await watch.InterruptAsync();
        Assert.Equal(2, watch.Error.Split("interrupted").Length);
    }

    [Fact]
    public async Task A_silent_connection_is_given_up()
    {
        var time = new FakeTimeProvider();
        await using var silent = new PatientStream(new Pipe().Reader.AsStream(), time, TimeSpan.FromSeconds(45), CancellationToken.None);
        var read = silent.ReadAsync(new byte[1], TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(45));
        await Assert.ThrowsAsync<TimeoutException>(async () => await read);
    }

    private static Task SendAsync(HttpContext context, params long[] versions) => SendAsync(context, versions, Guid.Empty);

    private static async Task SendAsync(HttpContext context, long[] versions, Guid requestId)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var version in versions)
        {
            var envelope = new Envelope("a", version, $"value {version}", "utf8", Deleted: false, requestId, default);
            await context.Response.WriteAsync($": heartbeat\n\nid: {version}\ndata: {JsonSerializer.Serialize(envelope, WireJson.Relaxed.Envelope)}\n\n");
        }

        await context.Response.Body.FlushAsync();
    }
}
