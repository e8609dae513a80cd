using System.Text.Json;
using Orleans.Paxos.Tests.Cli;
using Orleans.Paxos.Tests.Storage;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>A backup of one cluster of real processes, restored into another, by the real program.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class BackupEndToEndTests : IAsyncLifetime
{
    private const long Bump = 1_000_000;

    private readonly TemporaryDirectory _folder = new();
    private SiloUnderTest? _old;
    private SiloUnderTest? _new;

    public async ValueTask InitializeAsync()
    {
        _old = await SiloUnderTest.ServeAsync(_folder["old"]);
        _new = await SiloUnderTest.ServeAsync(_folder["new"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _old!.DisposeAsync();
        await _new!.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Tokens_of_locks_rise_across_a_restore_and_watchers_are_told_what_is_missing()
    {
        const string Token = "\"$PAXOS\" lock jobs -- sh -c 'echo $PAXOS_FENCING_TOKEN'";
        var file = _folder["registers.backup"];
        await ShellAsync(_old!, $"paxos set a 1; paxos set a 2; paxos add counter 5; {Token}");
        await ShellAsync(_old!, $"paxos backup {file}");
        var last = long.Parse(await ShellAsync(_old!, $"{Token} > /dev/null; {Token} > /dev/null; {Token}"));
        var lastNew = long.Parse(await ShellAsync(_old!, $"{Token.Replace("jobs", "new", StringComparison.Ordinal)}"));
        Assert.True(last > 1);

        Assert.Equal("3 registers restored\n", await ShellAsync(_new!, $"paxos restore {file}"));
        Assert.True(long.Parse(await ShellAsync(_new!, Token)) > last);
        Assert.True(long.Parse(await ShellAsync(_new!, Token.Replace("jobs", "new", StringComparison.Ordinal))) > lastNew);
        Assert.Equal($"version {Bump + 3}\n6", (await ShellAsync(_new!, "paxos set a 3; paxos add counter")).TrimEnd('\n'));
        var history = JsonDocument.Parse(await _new!.Http.GetStringAsync("/v1/history/a")).RootElement.EnumerateArray().Select(static entry => entry.GetProperty("version").GetInt64());
        Assert.Equal([Bump + 1, Bump + 2, Bump + 3], history);
        using var watch = new StreamReader(await _new.Http.GetStreamAsync("/v1/watch/a?after=2"));
        Assert.Equal("event: compacted", await watch.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_backup_that_is_killed_leaves_no_file_of_its_name()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("These scripts are for a POSIX shell.");
        var file = _folder["killed.backup"];
        await Task.WhenAll(Enumerable.Range(0, 3000).Select(number => _old!.Http.PutAsync($"/v1/registers/r/{number}", new StringContent(new string('x', 2000)))));
        var script = $"\"$PAXOS\" backup {file} & backup=$!; until [ -s {file}.$backup.tmp ]; do :; done; kill -KILL $backup; wait $backup; echo $?";
        Assert.Equal("137\n", await ShellAsync(_old!, script));
        Assert.False(File.Exists(file));
        var rest = Directory.GetFiles(_folder.Path, "killed*").Single();
        Assert.Contains("is not whole", (await PaxosShell.RunAsync($"paxos backup --verify {rest}", $"{_old!.Http.BaseAddress}")).Error);
    }

    private static async Task<string> ShellAsync(SiloUnderTest silo, string script)
    {
        var result = await PaxosShell.RunAsync(script, $"{silo.Http.BaseAddress}");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
