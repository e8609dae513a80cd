using Microsoft.AspNetCore.Http;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>
/// A watch over several addresses whose server hangs, with its connections open. The 45 seconds after which silence alone ends a connection
/// would be told otherwise, or not at all.
/// </summary>
public sealed class SilentServerTests : CliTest
{
    private const string NoLongerAnswers = "no longer answers. The watch goes on";

    [Fact]
    public async Task A_watch_of_a_register_goes_on_at_the_next_server_without_a_gap_or_a_repetition()
    {
        await SetAsync("a", "one", "two");
        await using var hanging = new StoppableProxy(Host.Port);
        await using var watch = new WatchRun([], "watch", "a", "--url", hanging.Url, "--url", Url);
        Assert.Equal(["1", "one"], await watch.RowAsync());
        Assert.Equal(["2", "two"], await watch.RowAsync());
        await StopAsync(hanging);

        await SetAsync("a", "three", "four");
        Assert.Equal(["3", "three"], await watch.RowAsync());
        Assert.Equal(["4", "four"], await watch.RowAsync());
        Assert.Contains($"{hanging.Url}/ {NoLongerAnswers} after version 2", watch.Error);
        Assert.Equal(ExitCode.Ok, await watch.InterruptAsync());
    }

    [Fact]
    public async Task A_watch_of_a_prefix_goes_on_at_the_next_server_with_its_cursor()
    {
        await SetAsync("app/a", "one");
        await using var hanging = new StoppableProxy(Host.Port);
        await using var watch = new WatchRun([], "watch", "--prefix", "app/", "--url", hanging.Url, "--url", Url);
        Assert.Equal("app/a 1", await NextAsync(watch));
        await SetAsync("app/b", "one");
        Assert.Equal("app/b 1", await NextAsync(watch));
        await StopAsync(hanging);

        await SetAsync("app/a", "two", "three");
        Assert.Equal("app/a 2", await NextAsync(watch));
        Assert.Equal("app/a 3", await NextAsync(watch));
        Assert.Contains(NoLongerAnswers, watch.Error);
        Assert.DoesNotContain("without a gap", watch.Error);
    }

    [Fact]
    public async Task A_followed_export_goes_on_at_the_next_server()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "settings.json");
        await SetAsync("app/a", "1");
        await using var hanging = new StoppableProxy(Host.Port);
        await using var export = new WatchRun([], "export", "--prefix", "app/", "--follow", file, "--url", hanging.Url, "--url", Url);
        await UntilAsync(export, file, "\"a\": 1");
        await StopAsync(hanging);

        await SetAsync("app/a", "2");
        await UntilAsync(export, file, "\"a\": 2");
        Assert.Contains(NoLongerAnswers, export.Error);
    }

    [Fact]
    public async Task A_server_that_hangs_is_not_asked_while_another_answers()
    {
        await SetAsync("a", "one");
        await using var hanging = new StoppableProxy(Host.Port);
        await using var closing = new StoppableProxy(Host.Port);
        await using var watch = new WatchRun([], "watch", "a", "--url", hanging.Url, "--url", closing.Url);
        Assert.Equal(["1", "one"], await watch.RowAsync());
        await StopAsync(hanging);
        await watch.UntilErrorAsync(NoLongerAnswers);
        await SetAsync("a", "two");
        Assert.Equal(["2", "two"], await watch.RowAsync());
        var opened = hanging.Opened;

        closing.Disconnect();
        await SetAsync("a", "three");
        Assert.Equal(["3", "three"], await watch.RowAsync());
        Assert.Equal(opened, hanging.Opened);
    }

    [Fact]
    public async Task When_all_hang_the_watch_goes_on_at_whichever_answers_first()
    {
        await SetAsync("a", "one");
        await using var first = new StoppableProxy(Host.Port);
        await using var second = new StoppableProxy(Host.Port);
        await using var watch = new WatchRun([], "watch", "a", "--url", first.Url, "--url", second.Url);
        Assert.Equal(["1", "one"], await watch.RowAsync());
        second.Stop();
        await StopAsync(first);
        await watch.UntilErrorAsync("The watch is interrupted and goes on after version 1 as soon as it can");
        await SetAsync("a", "two");
        first.Continue();
        Assert.Equal(["2", "two"], await watch.RowAsync());
        second.Continue();
    }

    [Fact]
    public async Task A_server_that_answers_and_has_nothing_to_say_is_waited_for()
    {
        var questions = new SemaphoreSlim(0);
        await using var quiet = await ScriptedServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/health/live")
            {
                questions.Release();
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var watch = new WatchRun([], "watch", "a", "--url", quiet.Url, "--url", Url);
        for (var question = 0; question < 20; question++)
            await questions.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("", 0), (watch.Error, Registers.Watchers));
    }

    [Fact]
    public async Task With_one_address_nothing_is_asked()
    {
        var paths = new List<string>();
        await using var only = await ScriptedServer.StartAsync(async context =>
        {
            lock (paths)
                paths.Add(context.Request.Path);
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            await context.Response.WriteAsync("id: 1\ndata: {\"name\":\"a\",\"version\":1,\"value\":\"x\",\"encoding\":\"utf8\",\"deleted\":false}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var watch = new WatchRun([], "watch", "a", "--url", only.Url);
        await watch.RowAsync();
        Assert.Equal(["/v1/watch/a"], paths);
    }

    /// <summary>An id comes before the data of its event. With the id alone, the event is not seen.</summary>
    [Fact]
    public async Task An_event_of_which_only_the_beginning_came_is_asked_for_again()
    {
        const string Seen = "id: c1\ndata: {\"name\":\"app/a\",\"version\":1,\"value\":\"x\",\"encoding\":\"utf8\",\"deleted\":false}\n\n";
        var asked = new TaskCompletionSource<string>();
        await using var torn = await ScriptedServer.StartAsync(async context =>
        {
            var after = context.Request.Query["after"].ToString();
            context.Response.ContentType = "text/event-stream";
            if (after.Length > 0)
                asked.TrySetResult(after);
            await context.Response.WriteAsync($"{Seen}id: c2\ndata: {{\"name\":");
            await context.Response.Body.FlushAsync();
        });
        await using var watch = new WatchRun([], "watch", "--prefix", "app/", "--url", torn.Url);
        Assert.Equal("app/a 1", await NextAsync(watch));
        Assert.Equal("c1", await asked.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Stops a proxy once its server is known to answer questions.</summary>
    private static async Task StopAsync(StoppableProxy proxy)
    {
        await proxy.HasSaidThatItLives.WaitAsync(TestContext.Current.CancellationToken);
        proxy.Stop();
    }

    private static async Task<string> NextAsync(WatchRun watch)
    {
        var cells = (await watch.LineAsync()).Split('\t');
        return $"{cells[0]} {cells[1]}";
    }

    private static Task UntilAsync(WatchRun export, string file, string part) =>
        export.UntilAsync(() => File.Exists(file) && File.ReadAllText(file).Contains(part, StringComparison.Ordinal));
}
