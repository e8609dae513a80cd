using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orleans.Paxos.Tests.Http;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Locks, elections and sessions through the program as a process, over HTTP.</summary>
[Collection(nameof(CoordinationHost))]
public sealed class LockCommandTests(CoordinationHost host) : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_command_runs_with_the_lock_and_its_code_is_that_of_the_program()
    {
        var result = await ShellAsync("echo in | paxos lock run/a -- sh -c 'cat; echo \"$PAXOS_LOCK|$PAXOS_FENCE|$PAXOS_FENCING_TOKEN\"; exit 7'");
        var token = result.Output.TrimEnd().Split('|')[^1];
        Assert.Equal(new ShellResult(7, $"in\nrun/a|run/a; {token}|{token}\n", ""), result);
        Assert.Null(await host.Coordination.Lock("run/a").ReadAsync());
        Assert.True(long.Parse((await ShellAsync("paxos lock run/a -- sh -c 'echo $PAXOS_FENCING_TOKEN'")).Output) > long.Parse(token));
    }

    [Theory]
    [InlineData("sh -c 'kill -9 $$'", 137, "")]
    [InlineData("no-such-command", 127, "There is no command 'no-such-command'")]
    [InlineData("/no/such/command", 127, "There is no command '/no/such/command'")]
    [InlineData("/", 126, "it is a folder")]
    [InlineData("/etc/passwd", 126, "it is not executable")]
    public async Task What_does_not_run_ends_as_in_a_shell(string command, int code, string error)
    {
        var result = await ShellAsync($"paxos lock run/b -- {command}");
        Assert.Equal((code, ""), (result.ExitCode, result.Output));
        Assert.Contains(error, result.Error);
    }

    [Fact]
    public async Task Who_does_not_get_the_lock_in_time_runs_nothing()
    {
        await using var held = await host.Coordination.Lock("run/c").AcquireAsync();
        var result = await ShellAsync("paxos lock run/c --wait 0.2 -- echo never");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("Others hold the lock 'run/c'", result.Error);
    }

    [Fact]
    public async Task A_name_in_use_for_another_kind_is_told()
    {
        await using var held = await host.Coordination.Semaphore("run/d", 2).AcquireAsync();
        var result = await ShellAsync("paxos lock run/d -- echo never");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("a semaphore of 2", result.Error);
    }

    [Fact]
    public async Task Signals_go_to_the_command_and_the_lock_is_released_after_it()
    {
        var result = await ShellAsync(
            $"\"$PAXOS\" lock run/e -- sh -c 'trap \"echo told; exit 3\" TERM; echo ready > {_file}; sleep 60 & wait' & paxos=$!; "
            + $"until [ -s {_file} ]; do sleep 0.05; done; kill -TERM $paxos; kill -TERM $paxos; wait $paxos");
        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        Assert.StartsWith("told\n", result.Output);
        Assert.Null(await host.Coordination.Lock("run/e").ReadAsync());
    }

    [Fact]
    public async Task A_command_whose_session_cannot_be_renewed_has_ended_before_another_gets_the_lock()
    {
        await using var proxy = new StoppableProxy(host.Client.BaseAddress!.Port);
        IHolding? next = null;
        var result = await PaxosShell.RunAsync(
            $"paxos lock run/f --ttl 2 -- sh -c 'trap \"\" TERM; (while :; do echo x >> {_file}; sleep 0.02; done) & wait'",
            proxy.Url,
            async () =>
            {
                await UntilWrittenAsync(); // the lock is held before the command is told so
                proxy.Stop();
                next = await host.Coordination.Lock("run/f").AcquireAsync();
                var written = new FileInfo(_file).Length;
                await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
                Assert.Equal(written, new FileInfo(_file).Length);
                Assert.True(written > 0);
            });
        proxy.Continue();
        await next!.DisposeAsync();
        Assert.Equal(75, result.ExitCode);
        Assert.Contains("was lost", result.Error);
    }

    [Fact]
    public async Task Without_a_time_to_wait_the_command_runs_as_soon_as_a_silo_answers()
    {
        await using var proxy = new StoppableProxy(host.Client.BaseAddress!.Port);
        proxy.Stop();
        var result = await PaxosShell.RunAsync(
            "paxos lock run/j --timeout 1 -- echo ran",
            proxy.Url,
            async () =>
            {
                while (proxy.Opened < 3)
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
                proxy.Continue();
            });
        Assert.Equal((0, "ran\n"), (result.ExitCode, result.Output));
        Assert.Contains("No session can be opened yet", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("", 401, "unauthorized", 2)]
    [InlineData("", 400, "bad-body", 2)]
    [InlineData("--wait 60", 401, "unauthorized", 2)]
    [InlineData("--wait 0", 503, "too-many-answers", 3)]
    public async Task What_cannot_pass_or_is_not_waited_for_ends_it_at_once(string options, int status, string type, int code)
    {
        var asked = 0;
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/problem+json";
            return context.Response.WriteAsync($$"""{"type":"urn:orleans-paxos:{{type}}","detail":"This is why."}""");
        });
        foreach (var command in new[] { $"lock run/k {options} -- echo never", $"elect run/k value {options} -- echo never" })
        {
            var result = await PaxosShell.RunAsync($"paxos {command}", server.Url);
            Assert.Equal((code, ""), (result.ExitCode, result.Output));
            Assert.Contains("This is why.", result.Error);
        }

        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("empty segment", "lock", "a//b", "--", "true")]
    [InlineData("starts with '!'", "elect", "!a", "value")]
    [InlineData("at most 249 bytes", "lock", "LONG", "--", "true")]
    [InlineData("no value before '--'", "elect", "a", "--", "true")]
    public async Task A_mistake_is_told_before_any_silo_is_asked(string words, params string[] arguments)
    {
        var long250 = new string('x', 250);
        var run = new CliRun { Connect = (_, _, _) => throw new InvalidOperationException("It was asked.") };
        (await run.RunAsync([.. arguments.Select(argument => argument == "LONG" ? long250 : argument)])).Failed(2, words);
    }

    [Fact]
    public async Task A_value_that_starts_with_a_dash_is_proclaimed()
    {
        var result = await ShellAsync("paxos elect --wait 5 -- run/l -value sh -c 'echo leads'");
        Assert.Equal(new ShellResult(0, "leads\n", ""), result);
    }

    [Fact]
    public async Task A_lock_outlives_the_silo_that_renewed_it()
    {
        await using var proxy = new StoppableProxy(host.Client.BaseAddress!.Port);
        var result = await PaxosShell.RunAsync(
            "paxos lock run/g --ttl 6 -- sleep 7",
            $"{proxy.Url},{host.Other.BaseAddress}",
            async () =>
            {
                await UntilHeldAsync("run/g");
                proxy.Stop();
            });
        proxy.Continue();
        Assert.True(result is { ExitCode: 0, Error: "" }, result.Error);
    }

    [Fact]
    public async Task Whoever_asks_for_the_end_of_a_session_ends_its_command()
    {
        var result = await ShellAsync(
            "paxos lock run/h --ttl 30 -- sleep 60",
            async () =>
            {
                await UntilHeldAsync("run/h");
                var holder = await host.Coordination.Lock("run/h").ReadAsync();
                Assert.Equal(0, (await ShellAsync($"paxos session end {holder!.Session}")).ExitCode);
                Assert.Equal(1, (await ShellAsync($"paxos session end {UniqueId.New()}")).ExitCode);
            });
        Assert.Equal(75, result.ExitCode);
        Assert.Null(await host.Coordination.Lock("run/h").ReadAsync());
    }

    [Fact]
    public async Task Sessions_are_listed()
    {
        await using var session = await host.Coordination.OpenSessionAsync(new SessionOptions { Owner = "tab\there" });
        await using var held = await host.Coordination.Lock("run/i").AcquireAsync(new AcquireOptions { Session = session });
        var run = new CliRun { Environment = new() { ["PAXOS_URL"] = host.Urls } };
        var line = Assert.Single((await run.RunAsync("session", "list")).Succeeded().Lines, line => line.StartsWith($"{session.Id}"));
        Assert.Equal([$"{session.Id}", "\"tab\\there\"", "15"], line.Split('\t')[..3]);
        Assert.EndsWith("\trun/i\t", line);
        var json = JsonDocument.Parse((await run.RunAsync("session", "list", "--json")).Succeeded().Output).RootElement;
        Assert.Contains("tab\there", json.EnumerateArray().Select(each => each.GetProperty("owner").GetString()));
        var table = await new CliRun { Environment = run.Environment, Terminal = true }.RunAsync("session", "list");
        Assert.Contains("run/i", table.Succeeded().Output);
    }

    [Fact]
    public async Task Leaders_follow_each_other_and_are_observed()
    {
        using var enough = new CancellationTokenSource();
        await using var output = new MemoryStream();
        var observing = new CliRun { Environment = new() { ["PAXOS_URL"] = host.Urls }, Interrupt = enough.Token }
            .RunAsync(output, Stream.Null, "elect", "run/leader", "--observe");
        var result = await ShellAsync($$"""
            "$PAXOS" elect run/leader one > {{_file}} & one=$!
            until [ -s {{_file}} ]; do sleep 0.05; done
            "$PAXOS" elect run/leader two -- sh -c 'echo "leads $PAXOS_LOCK"' & two=$!
            kill -TERM $one
            wait $one && wait $two
            """);
        Assert.Equal((0, "leads run/leader\n", ""), (result.ExitCode, result.Output, result.Error));
        Assert.Matches("^elected, token [0-9]+\n$", await File.ReadAllTextAsync(_file));
        while (System.Text.Encoding.UTF8.GetString(output.ToArray()) is var seen && !(seen.Contains("\tone\n") && seen.EndsWith("-\n")))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        await enough.CancelAsync();
        Assert.Equal(0, await observing);
    }

    private Task<ShellResult> ShellAsync(string script, Func<Task>? meanwhile = null) =>
        PaxosShell.RunAsync(script, host.Urls, meanwhile);

    /// <summary>Waits until a lock is held.</summary>
    private async Task UntilWrittenAsync()
    {
        while (new FileInfo(_file) is not { Exists: true, Length: > 0 })
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private async Task UntilHeldAsync(string name)
    {
        while (await host.Coordination.Lock(name).ReadAsync(TestContext.Current.CancellationToken) is null)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
