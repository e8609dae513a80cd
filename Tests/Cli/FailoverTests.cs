using Microsoft.AspNetCore.Http;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Several addresses: the next one is asked when one does not answer, and an unknown outcome stays unknown.</summary>
public sealed class FailoverTests : CliTest
{
    private const string Dead = "http://127.0.0.1:1";

    [Theory]
    [InlineData("get", "a")]
    [InlineData("set", "a", "y")]
    [InlineData("cas", "a", "1", "y")]
    [InlineData("delete", "a")]
    [InlineData("add", "counter")]
    [InlineData("history", "a")]
    [InlineData("list")]
    [InlineData("export")]
    [InlineData("status")]
    public async Task A_silo_that_is_gone_or_has_no_majority_or_fails_is_passed_over(params string[] command)
    {
        await using var alone = await ScriptedServer.StartAsync(context => AnswerAsync(
            context, StatusCodes.Status503ServiceUnavailable, """{"type":"urn:orleans-paxos:quorum-unavailable","answered":["a1"],"needed":2}"""));
        await SetAsync("a", "x");
        (await PaxosAsync([.. command, "--url", Dead, "--url", alone.Url, "--url", Url])).Succeeded();
    }

    [Fact]
    public async Task When_none_answers_each_is_named()
    {
        var result = await PaxosAsync("get", "a", "--url", Dead, "--url", "http://127.0.0.1:2");
        result.Failed(ExitCode.Unavailable, "None of the 2 silos", "http://127.0.0.1:1/", "http://127.0.0.1:2/");
        (await PaxosAsync("watch", "a", "--url", Dead, "--url", "http://127.0.0.1:2")).Failed(ExitCode.Unavailable, "None of the 2 silos");
    }

    [Theory]
    [InlineData("set", "a", "x", "--fence", "lock:7")]
    [InlineData("delete", "a", "--fence", "lock:7")]
    [InlineData("add", "a", "5", "--fence", "lock:7")]
    public async Task A_change_that_may_have_been_sent_goes_to_the_next_silo_with_the_same_id_and_floor(params string[] command)
    {
        await SetAsync("a", "1", "2", "3");
        Registers.Options.Clear();
        var breaking = new BreakingSilo();
        await using var server = await ScriptedServer.StartAsync(breaking.AnswerAsync);
        (await PaxosAsync([.. command, "--url", server.Url, "--url", Url])).Succeeded();
        var sent = Assert.Single(Registers.Options)!;
        Assert.Equal((breaking.RequestId, breaking.Floor), ($"{sent.RequestId}", $"{sent.Floor}"));
        Assert.Equal("3", breaking.Floor);
        Assert.Equal(("lock; 7", new Fence("lock", 7)), (breaking.Fence, (await Registers.ReadAsync("a"))!.Guard));
    }

    [Fact]
    public async Task A_change_without_a_floor_is_not_sent_to_another_silo_once_it_may_have_been_sent()
    {
        await using var server = await ScriptedServer.StartAsync(new BreakingSilo().AnswerAsync);
        (await PaxosAsync("set", "a", "x", "--request-id", $"{UniqueId.New()}", "--url", server.Url, "--url", Url)).Failed(ExitCode.OutcomeUnknown, "broke");
        Assert.Equal(0, Registers.Changes);
    }

    /// <summary>A copy that the first silo has may be applied when the condition comes to hold.</summary>
    [Theory]
    [InlineData("decide", "a", "x")]
    [InlineData("cas", "a", "4", "x")]
    [InlineData("delete", "gone")]
    [InlineData("set", "fenced", "x", "--fence", "lock:6")]
    [InlineData("add", "text")]
    public async Task A_refusal_by_the_next_silo_leaves_the_outcome_unknown(params string[] command)
    {
        await SetAsync("a", "1", "2", "3");
        await SetAsync("text", "many");
        await Registers.ChangeAsync("fenced", Change.Set([1]) with { Fence = new Fence("lock", 7) }, cancellationToken: TestContext.Current.CancellationToken);
        await using var server = await ScriptedServer.StartAsync(new BreakingSilo().AnswerAsync);
        var result = await PaxosAsync([.. command, "--url", server.Url, "--url", Url]);
        result.Failed(ExitCode.OutcomeUnknown, "may or may not have happened", "--request-id");
    }

    [Fact]
    public async Task A_refusal_because_the_version_is_past_speaks_for_every_copy()
    {
        await SetAsync("a", "1", "2", "3");
        await using var server = await ScriptedServer.StartAsync(new BreakingSilo().AnswerAsync);
        (await PaxosAsync("cas", "a", "2", "x", "--url", server.Url, "--url", Url)).Failed(ExitCode.Refused, "is at version 3, not at 2");
    }

    [Fact]
    public async Task An_unknown_outcome_stays_unknown_when_no_other_silo_answers()
    {
        await using var server = await ScriptedServer.StartAsync(new BreakingSilo().AnswerAsync);
        (await PaxosAsync("set", "a", "x", "--url", server.Url, "--url", Dead)).Failed(ExitCode.OutcomeUnknown, "broke");
    }

    [Fact]
    public async Task A_watch_goes_on_at_the_next_silo_where_it_was()
    {
        await SetAsync("a", "one", "two", "three");
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("id: 1\ndata: {\"name\":\"a\",\"version\":1,\"value\":\"one\",\"encoding\":\"utf8\",\"deleted\":false}\n\n");
            await context.Response.Body.FlushAsync();
        });
        await using var watch = new WatchRun([], "watch", "a", "--url", server.Url, "--url", Url);
        Assert.Equal(["1", "one"], await watch.RowAsync());
        Assert.Equal(["2", "two"], await watch.RowAsync());
        Assert.Equal(["3", "three"], await watch.RowAsync());
        Assert.Equal(ExitCode.Ok, await watch.InterruptAsync());
        Assert.Equal("", watch.Error);
    }

    private static async Task AnswerAsync(HttpContext context, int status, string problem)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await context.Response.WriteAsync(problem);
    }

    /// <summary>A silo that reads version 3 of every register, and takes changes without an answer.</summary>
    private sealed class BreakingSilo
    {
        public string? RequestId { get; private set; }

        public string? Floor { get; private set; }

        public string? Fence { get; private set; }

        public async Task AnswerAsync(HttpContext context)
        {
            if (HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.ContentType = "application/json";
                var name = context.Request.Path.Value!.Split('/')[^1];
                await context.Response.WriteAsync($$"""{"name":"{{name}}","version":3,"value":"3","encoding":"utf8","deleted":false}""");
                return;
            }

            RequestId = context.Request.Headers["Idempotency-Key"];
            Floor = context.Request.Headers["Paxos-Floor"];
            Fence = context.Request.Headers["Paxos-Fence"];
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Abort();
        }
    }
}
