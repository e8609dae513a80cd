using System.Text.RegularExpressions;
using Orleans.Paxos.Tests.Silo;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Locks through the program as a process, over an Orleans gateway.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class GatewayLockTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-").FullName;
    private SiloUnderTest? _silo;

    private string Gateway => Regex.Match(_silo!.Output, "Gateways for Orleans clients: ([0-9.:]+)").Groups[1].Value;

    public async ValueTask InitializeAsync() => _silo = await SiloUnderTest.ServeAsync(_data);

    public async ValueTask DisposeAsync()
    {
        await _silo!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_command_runs_with_the_lock_until_the_end_of_its_session_is_asked_for()
    {
        while (Gateway.Length == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        var ran = await ShellAsync("paxos lock a $G -- sh -c 'echo \"$PAXOS_FENCE\"; exit 5'");
        Assert.Equal((5, ""), (ran.ExitCode, ran.Error));
        Assert.Matches("^a; [0-9]+\n$", ran.Output);

        var ended = await ShellAsync("""
            "$PAXOS" lock a $G -- sleep 60 & paxos=$!
            id=; while [ -z "$id" ]; do id=$("$PAXOS" session list $G | cut -f 1); done
            while [ "$("$PAXOS" session list $G | cut -f 5)" != a ]; do :; done
            "$PAXOS" session end "$id" $G
            wait $paxos
            """);
        Assert.Equal((75, ""), (ended.ExitCode, ended.Output));
        Assert.Equal((0, "free\n"), await ResultAsync("paxos lock a --wait 5 $G -- echo free"));
    }

    private async Task<(int ExitCode, string Output)> ResultAsync(string script) => await ShellAsync(script) is var result ? (result.ExitCode, result.Output) : default;

    private Task<ShellResult> ShellAsync(string script) => PaxosShell.RunAsync($"unset PAXOS_URL; G='--gateway {Gateway}'; {script}", url: "");
}
