namespace Orleans.Paxos.Tests.Silo;

/// <summary>The client library over TCP with three silo processes, one of which is killed or hangs.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class ClusterClientTests(ITestOutputHelper output)
{
    private static readonly ImmutableArray<string> Names = ["a1", "a2", "a3"];

    [Theory]
    [InlineData("SIGKILL"), InlineData("SIGSTOP")]
    public async Task Every_register_is_written_while_one_of_three_processes_is_gone_and_nothing_is_lost(string signal)
    {
        await using var cluster = await ClusterWithClient.StartAsync(Names);
        var writing = new SteadyWriters(cluster.Registers);
        await writing.RoundsAsync(5);
        foreach (var victim in Names)
        {
            writing.Longest = TimeSpan.Zero;
            if (signal == "SIGKILL")
                await cluster.SiloOf(victim).KillAsync();
            else
                cluster.SiloOf(victim).Freeze();
            await writing.RoundsAsync(12);
            output.WriteLine($"{signal} of {victim}: the longest of {writing.Count} operations took {writing.Longest.TotalMilliseconds:0} ms");
            if (signal == "SIGKILL")
                await cluster.StartSiloAsync(victim);
            else
                cluster.SiloOf(victim).Thaw();
            await cluster.VotingAsync(victim);
            await writing.RoundsAsync(3);
        }

        await writing.VerifyAsync();
    }
}
