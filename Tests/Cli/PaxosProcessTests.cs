namespace Orleans.Paxos.Tests.Cli;

/// <summary>The program as a process: behaviour that needs a real standard output, a real pipe or a real signal.</summary>
public sealed class PaxosProcessTests : CliTest
{
    [Fact]
    public async Task Results_go_to_standard_output_and_errors_to_standard_error()
    {
        await SetAsync("a", "value");
        Assert.Equal(new ShellResult(0, "value", ""), await ShellAsync("paxos get a"));
        var missing = await ShellAsync("paxos get b");
        Assert.Equal((1, ""), (missing.ExitCode, missing.Output));
        Assert.Equal("paxos: 'b' was never written, or was deleted and forgotten.\n", missing.Error);
    }

    [Fact]
    public async Task A_pipe_that_its_reader_closes_is_quiet_and_ends_the_program()
    {
        for (var index = 0; index < 3000; index++)
            await SetAsync($"app/{index:D4}", "x");
        Assert.Equal(new ShellResult(0, "app/0000\n", ""), await ShellAsync("paxos list | head -n 1"));
    }

    [Fact]
    public async Task A_watch_ends_when_its_reader_has_gone()
    {
        await SetAsync("a", "1", "2");
        var watch = ShellAsync("paxos watch a --json | head -n 1; echo ended");
        while (!watch.IsCompleted)
        {
            // The program notices that its reader has gone when it writes again.
            await SetAsync("a", "more");
            await Task.WhenAny(watch, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        }

        var result = await watch;
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.EndsWith("ended\n", result.Output);
    }

    [Fact]
    public async Task Several_runs_append_to_one_file()
    {
        var file = Path.GetTempFileName();
        await ShellAsync($"{{ paxos set a 1; paxos set a 2; }} > {file}; paxos set a 3 >> {file}");
        Assert.Equal("version 1\nversion 2\nversion 3\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        File.Delete(file);
    }

    [Fact]
    public async Task A_terminate_signal_ends_a_watch_with_exit_0()
    {
        await SetAsync("a", "1");
        var result = await ShellAsync("\"$PAXOS\" watch a & watch=$!; while [ \"$(paxos list)\" != done ]; do :; done; kill -TERM $watch; wait $watch", async () =>
        {
            while (Registers.Watchers == 0)
                await Task.Yield();
            await Registers.ChangeAsync("a", Change.Delete());
            await SetAsync("done", "x");
        });
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Standard_input_is_binary_safe()
    {
        var result = await ShellAsync("head -c 100000 /dev/urandom > $0.in; paxos set a - < $0.in; paxos get a | cmp - $0.in; status=$?; rm $0.in; exit $status");
        Assert.Equal(new ShellResult(0, "version 1\n", ""), result);
    }

    private Task<ShellResult> ShellAsync(string script, Func<Task>? meanwhile = null) => PaxosShell.RunAsync(script, Url, meanwhile);
}
